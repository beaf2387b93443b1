// `man loopfw`: the page that is made at build, and found after a global installation.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { makeProgram } from '../../../src/cli/program/program.js';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

t.test('npm install --global brings the page to where man looks', async (t) => {
  const prefix = await mkdtemp(join(tmpdir(), 'loopfw-global-'));
  await execa('npm', ['install', '--global', '--offline', '--prefix', prefix, ROOT]);
  t.equal(await readFile(join(prefix, 'share/man/man1/loopfw.1'), 'utf8'), await readFile(join(ROOT, 'dist/loopfw.1'), 'utf8'));
});

t.test('groff takes it without a warning, and it has every command and option', async (t) => {
  const { exitCode, stdout, stderr } = await run('groff', ['-man', '-ww', '-Tutf8', '-rLL=200n', '-P-cbou', 'dist/loopfw.1']);
  t.equal(exitCode, 0);
  t.equal(stderr, '');
  const text = stdout.replace(/\s+/g, ' ');
  const program = makeProgram(() => {});
  for (const command of program.createHelp().visibleCommands(program)) {
    if (command.name() === 'help') {
      continue;
    }
    t.match(text, ` loopfw ${command.name()} ${command.usage()} `);
    t.strictSame(
      command.options.map(({ flags }) => flags).filter((flags) => !text.includes(` ${flags} `)),
      [],
      command.name(),
    );
  }
  for (const words of ["$ loopfw run --grep '^mended' --list scenarios", 'LOOPFW_STRICT Like --strict.', '128+n Ended by signal n.']) {
    t.match(text, words);
  }
});
