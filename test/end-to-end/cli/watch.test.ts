// `loopfw run --watch` in a terminal, with Ctrl-C, and without one.
import { chmod, mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import t from 'tap';
import { loopfw, withoutTap } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

const PROBES = [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'closed' }];
const WAITING = 'waiting for a change of';
const LIMIT_MS = 60_000;

/** A folder with a scenario and its rule set, which every user can read. */
async function makeSuite(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-watch-'));
  await mkdir(join(folder, 'rules'));
  await writeFile(join(folder, 'a.json'), JSON.stringify({ name: 'first', ruleset: { file: 'rules/a.v4' }, probes: PROBES }));
  await writeRules(folder, 'ACCEPT');
  await chmod(folder, 0o755);
  return folder;
}

/** Replaces the rule set as editors do. */
async function writeRules(folder: string, policy: string): Promise<void> {
  const file = join(folder, 'rules/a.v4');
  await writeFile(`${file}.new`, `*filter\n:INPUT ${policy} [0:0]\nCOMMIT\n`);
  await rename(`${file}.new`, file);
}

async function start(args: string[], { ordinary, inTerminal }: { ordinary: boolean; inTerminal: boolean }) {
  const { folder, prefix } = await getPackage(ordinary);
  const command = ['node', `${folder}/dist/bin.js`, 'run', '--watch', ...args];
  const whole = inTerminal ? ['script', '--quiet', '--return', '--command', command.join(' '), '/dev/null'] : command;
  const child = execa('env', withoutTap([...prefix, ...whole]), { reject: false, all: true, timeout: LIMIT_MS, cwd: folder });
  let text = '';
  child.all.on('data', (part: Buffer) => {
    text += part.toString();
  });
  /** Waits for a text after what earlier calls have found, and returns all before it. */
  const find = async (wanted: string): Promise<string> => {
    const deadline = performance.now() + LIMIT_MS / 2;
    while (!text.includes(wanted)) {
      if (performance.now() > deadline) {
        throw new Error(`no ${wanted} in ${text}`);
      }
      await sleep(20);
    }
    const end = text.indexOf(wanted) + wanted.length;
    const found = text.slice(0, end);
    text = text.slice(end);
    return found;
  };
  return { child, find };
}

for (const ordinary of [false, true]) {
  t.test(`a change of a rule set, a mistake, a new file, and Ctrl-C${ordinary ? ', as an ordinary user' : ''}`, async (t) => {
    const suite = await makeSuite();
    const { child, find } = await start(['--no-color', suite], { ordinary, inTerminal: true });
    t.match(await find(`${WAITING} 2 files, until Ctrl-C`), /✔ 1 passed +1 scenario, 1 probe, /);
    await writeRules(suite, 'DROP');
    const failed = await find(`${WAITING} 2 files`);
    t.match(failed, 'rules/a.v4 changed');
    t.match(failed, '✖ 1 failed, 0 passed');
    await writeFile(join(suite, 'b.json'), '{ "name": "second" "probes": [] }');
    t.match(await find(`${WAITING} 3 files`), 'a comma is missing before "probes"');
    await writeFile(join(suite, 'b.json'), JSON.stringify({ name: 'second', probes: PROBES }));
    t.match(await find(`${WAITING} 3 files`), /✖ 1 failed, 1 passed +2 scenarios, 2 probes, /);
    child.stdin.write('\u0003');
    t.equal((await child).exitCode, 130);
  });
}

t.test('without a terminal a signal ends it too, also while a scenario runs, and the report of a run begins no other', async (t) => {
  const suite = await makeSuite();
  const slow = { name: 'slow', rules: ['-A INPUT -d 127.0.0.2 -j DROP'], probes: [{ ...PROBES[0], expect: 'timeout', timeoutMs: 20_000 }] };
  await writeFile(join(suite, 'slow.json'), JSON.stringify(slow));
  const { child, find } = await start(['--patience', 'full', `${suite}/slow.json`], { ordinary: false, inTerminal: false });
  await sleep(1500);
  child.kill('SIGTERM');
  await find('aborted');
  t.equal((await child).exitCode, 143);

  const second = await start(['-r', 'human', '-r', `json=${suite}/result.json`, `${suite}/a.json`], { ordinary: false, inTerminal: false });
  await second.find(WAITING);
  await sleep(500);
  second.child.kill('SIGINT');
  const { exitCode, all } = await second.child;
  t.equal(exitCode, 130);
  t.equal(all.split(WAITING).length, 2, 'one run');
});

t.test('standard input cannot be read again', async (t) => {
  for (const args of [['-'], ['--ruleset', '-', 'scenarios/reject.json']]) {
    const { exitCode, stderr } = await loopfw(['run', '--watch', ...args]);
    t.equal(exitCode, 2);
    t.match(stderr, 'standard input (-) can be read only once');
  }
});
