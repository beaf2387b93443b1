// The programs of docs/library.md: each compiles strictly, runs, and prints what the document says.
import { join } from 'node:path';
import t from 'tap';
import { compile, makeProject } from '../../support/installed.js';
import { run } from '../../support/loopfw.js';
import { getBlocks, readDocument } from '../../support/markdown.js';

const blocks = getBlocks(readDocument('docs/library.md'));
const isProgram = (language: string) => language === 'ts' || language === 'js';
const named = blocks.map((block, place) => ({
  ...block,
  file: block.title !== '' ? block.title : isProgram(block.language) ? `program-${place}.${block.language}` : null,
}));

/** Programs, the place of each in the document, and what it prints. */
const programs = named.flatMap(({ language, heading, file }, place) => {
  const next = named[place + 1];
  const printed = next?.language === 'text' && next.file === null ? next.text : null;
  return isProgram(language) && file !== null ? [{ heading, file, printed }] : [];
});

t.test('the programs of docs/library.md', async (t) => {
  const files = Object.fromEntries(named.flatMap(({ file, text }) => (file === null ? [] : [[file, text]])));
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', types: [], skipDefaultLibCheck: true };
  const project = await makeProject({ ...files, 'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }) });
  t.equal(compile(project), '');
  t.ok(programs.length >= 10);
  for (const { heading, file, printed } of programs) {
    const command = ['node', join(project, file.replace(/\.ts$/, '.js'))];
    const isInside = heading.includes('loopfw exec');
    const [name = '', ...args] = isInside ? ['node', join(project, 'node_modules/loopfw/dist/bin.js'), 'exec', '--', ...command] : command;
    const { exitCode, stdout, stderr } = await run(name, args, { cwd: project });
    t.equal(exitCode, 0, `${heading}: ${file}`, { stdout, stderr });
    t.equal(isInside ? stderr.replaceAll(/^refused .*\n/gm, '') : stderr, '', file);
    t.strictSame(findMissing(printed ?? '', stdout), [], `${file} prints what the document says`, { stdout });
  }
});

/** The lines that are not printed, or not in this order. A document may leave lines out. */
function findMissing(expected: string, printed: string): string[] {
  const rest = printed.split('\n').map(normalize);
  return expected.split('\n').filter((line) => {
    const place = rest.indexOf(normalize(line));
    rest.splice(0, place + 1);
    return line !== '' && place === -1;
  });
}

/** Without ports that were free, and what stands at the right edge. */
function normalize(line: string): string {
  return line
    .replace(/:(3[2-9]|[456]\d)\d{3}\b/g, ':#')
    .replace(/^(✔ \d+ passed) .*/, '$1')
    .trimEnd();
}
