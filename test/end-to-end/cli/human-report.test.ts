// The human report as a user gets it: in the width of a terminal, as short or long as asked, and with a command that works.
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loopfw, run } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

const PROBE = { from: '127.0.0.1', to: 'web' };
const ENDS = { servers: { web: 'tcp://127.0.0.1:8000' } };
const NAME = `it's $HOME (a+b)`;

/** A suite of three scenarios in two files. Two are rejected if the rules are those of the second file. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-human-'));
  const other = { name: 'other', ...ENDS, probes: [{ ...PROBE, expect: 'connected' }] };
  await mkdir(join(folder, 'a folder'));
  await writeFile(join(folder, 'first.json'), JSON.stringify({ ...other, name: 'first', probes: [{ ...PROBE, expect: 'refused' }] }));
  await writeFile(join(folder, 'a folder/second.json'), JSON.stringify([{ ...other, name: NAME }, { ...other, name: `${NAME}b` }, other]));
  await writeFile(
    join(folder, 'reject.rules'),
    '*filter\n-A INPUT -s 127.0.0.1/32 -j REJECT --reject-with icmp-port-unreachable\nCOMMIT\n',
  );
  return folder;
}

/** A folder with the command loopfw, for PATH. */
async function makeCommand(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-bin-'));
  const { folder: root } = await getPackage(false);
  await writeFile(join(folder, 'loopfw'), `#!/bin/sh\nexec node '${root}/dist/bin.js' "$@"\n`);
  await chmod(join(folder, 'loopfw'), 0o755);
  return folder;
}

t.test('the command at the end runs again what did not pass, and nothing else', async (t) => {
  const cwd = await makeFolder();
  const env = { PATH: `${await makeCommand()}:${process.env['PATH'] ?? ''}` };
  const getCommand = (text: string) => /^ {2}again: (.*)\n$/m.exec(text)?.[1] ?? '';
  const whole = await loopfw(['run', '--no-advice', '--ruleset', 'reject.rules', 'first.json', 'a folder'], { cwd });
  const one = getCommand((await loopfw(['run', '--no-advice', 'first.json', 'a folder'], { cwd })).stdout);
  t.equal(one, `loopfw run --grep '^first$' first.json`);
  const all = getCommand(whole.stdout);
  const listed = await run('sh', ['-c', `${all} --list`], { cwd, env });
  t.strictSame(listed.stdout.replace(/ \(1 probe\)/g, '').split('\n'), [
    'first.json: first',
    `a folder/second.json: ${NAME}`,
    `a folder/second.json: ${NAME}b`,
    'a folder/second.json: other',
    '',
  ]);
  const again = await run('sh', ['-c', all], { cwd, env });
  t.match(again.stdout, /^✖ 4 failed, 0 passed/m, 'the rule set is the same');
  t.equal(getCommand(again.stdout), all);
  const alone = await loopfw(['run', '--no-advice', '--ruleset', 'reject.rules', '--grep', 'b$', 'a folder'], { cwd });
  const selected = await run('sh', ['-c', `${getCommand(alone.stdout)} --list`], { cwd, env });
  t.equal(selected.stdout, `a folder/second.json: ${NAME}b (1 probe)\n`);
});

t.test('on a terminal it has the width of the terminal; elsewhere nothing is wrapped', async (t) => {
  const cwd = await makeFolder();
  const { folder } = await getPackage(false);
  const program = `node '${folder}/dist/bin.js' run --ruleset reject.rules first.json 'a folder'`;
  const runIn = async (columns: number, env: Record<string, string> = {}) => {
    const command = `stty cols ${columns}; exec ${program}`;
    const { stdout } = await run('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      cwd,
      env: { NO_COLOR: '1', ...env },
    });
    return stdout
      .replaceAll('\r', '')
      .replace(/\u001b\[K/g, '')
      .split('\n');
  };
  const getCounts = (lines: string[]) => lines.find((line) => line.includes(' failed, 0 passed'));
  const widths = await Promise.all([
    ...[80, 100].map(async (columns) => getCounts(await runIn(columns))?.length),
    runIn(0, { COLUMNS: '70' }).then((lines) => getCounts(lines)?.length),
    runIn(0).then((lines) => getCounts(lines)?.length),
    loopfw(['run', '--ruleset', 'reject.rules', 'first.json', 'a folder'], { cwd, env: { COLUMNS: '90' } }).then(
      ({ stdout }) => getCounts(stdout.split('\n'))?.length,
    ),
  ]);
  t.strictSame(widths, [80, 100, 70, 80, 90]);
  const { stdout } = await loopfw(['run', '--ruleset', 'reject.rules', 'first.json', 'a folder'], { cwd });
  t.match(stdout, /^✖ other {2}a folder\/second\.json {2}\d+ ms {2}1 failed$/m);
  t.match(stdout, /^ {2}advice.{200,}$/m);
});

t.test('as short or as long as asked', async (t) => {
  const cwd = await makeFolder();
  const get = async (args: string[], env: Record<string, string> = {}) =>
    (await loopfw([...args, 'first.json', 'a folder'], { cwd, env: { COLUMNS: '80', ...env } })).stdout;
  t.match(
    await get(['run']),
    /^✖ first\.json {2,}1 scenario {3}1 probe {2}1 failed\n✔ a folder\/second\.json {2}3 scenarios {2}3 probes\n/,
  );
  const quiet = await get(['run', '-q']);
  t.match(quiet, /^✖ first › 127\.0\.0\.1 → web /);
  t.match(await get(['run'], { LOOPFW_QUIET: '1' }), /^✖ first › /);
  t.match(await get(['run'], { LOOPFW_QUIET: '0' }), /^✖ first\.json/);
  t.match(
    await get(['run', '-v'], { LOOPFW_QUIET: '1' }),
    /^✔ other {2,}a folder\/second\.json {2}\d+ ms\n {2}✔ 127\.0\.0\.1 → web {2}connected /m,
  );
  t.match(await loopfw(['run', '-q', '-v', 'first.json'], { cwd }), {
    exitCode: 2,
    stderr: /'-q, --quiet' cannot be used with .*'-v, --verbose'/,
  });
  await loopfw(['run', '-r', 'json=result', 'first.json', 'a folder'], { cwd });
  t.match(await loopfw(['report', '-q', 'result'], { cwd }), { stdout: /^✖ first › / });
  t.match(await loopfw(['merge', '-v', 'result'], { cwd }), { stdout: /^ {2}slowest: /m });
  const probe = await loopfw(['probe', '-q', '127.0.0.1', '127.0.0.2:80'], { cwd });
  t.match(probe.stdout, /^127\.0\.0\.1 → 127\.0\.0\.2:80\/tcp {2}connected after [\d.]+ ms, service\n$/);
});
