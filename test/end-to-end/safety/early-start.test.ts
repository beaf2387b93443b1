// The sandbox starts before the arguments have been read. Where none is needed, none starts, or it ends again.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type Ended, loopfw } from '../../support/loopfw.js';

/** Runs loopfw with a setpriv of its own. Returns also the pids of the sandboxes that were started. */
async function runWatched(t: Test, args: string[], command = 'exec /usr/bin/setpriv "$@"'): Promise<Ended & { started: number[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-early-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const log = join(folder, 'started');
  await writeFile(join(folder, 'setpriv'), `#!/bin/sh\necho $$ >> ${log}\n${command}\n`, { mode: 0o755 });
  const ended = await loopfw(args, { env: { PATH: `${folder}:${process.env['PATH']}` } });
  return { ...ended, started: existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map(Number) : [] };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const WRONG: Record<string, { args: string[]; message: RegExp }> = {
  'an unknown option': { args: ['run', '--jops', '2'], message: /^error: unknown option '--jops'/ },
  'a wrong value': { args: ['run', '--jobs', 'many'], message: /^error: option '-j, --jobs <count>' argument 'many' is invalid/ },
  'a reporter that is not there': { args: ['run', '-r', 'pdf'], message: /^loopfw: unknown reporter "pdf"/ },
  'a missing argument': { args: ['probe', '127.0.0.1'], message: /^error: missing required argument 'to'/ },
  'a wrong address': { args: ['probe', '127.0.0.1', 'tcp://nowhere:80'], message: /^loopfw: TO: / },
};
for (const [what, { args, message }] of Object.entries(WRONG)) {
  t.test(`${what} ends it again`, async (t) => {
    const { exitCode, stdout, stderr, started } = await runWatched(t, args);
    t.equal(exitCode, 2);
    t.equal(stdout, '');
    t.match(stderr, message);
    t.equal(started.length, 1);
    t.notOk(started.some(isAlive), 'it is gone when loopfw is');
  });
}

t.test('a run uses the one that was started early', async (t) => {
  const { exitCode, started } = await runWatched(t, ['run', 'scenarios/reject.json']);
  t.equal(exitCode, 0);
  t.equal(started.length, 1);
});

for (const args of [['--version'], ['run', '--help'], ['run', '--list', 'scenarios'], ['check', 'scenarios/reject.json'], ['explain']]) {
  t.test(`${args.join(' ')} starts none`, async (t) => {
    const { exitCode, started } = await runWatched(t, args);
    t.equal(exitCode, 0);
    t.strictSame(started, []);
  });
}

t.test('a mistake of a scenario comes before a sandbox that cannot start', async (t) => {
  const { exitCode, stderr } = await runWatched(t, ['run', 'not-there.json'], 'echo "setpriv: denied" >&2; exit 1');
  t.equal(exitCode, 2);
  t.match(stderr, /not-there\.json/);
  t.notMatch(stderr, /denied/);
});

t.test('a sandbox that has failed before anybody asked for it is reported', async (t) => {
  const { exitCode, stderr } = await runWatched(t, ['run', 'scenarios/reject.json'], 'echo "setpriv: denied" >&2; exit 1');
  t.equal(exitCode, 3);
  t.match(stderr, /^loopfw: cannot start the sandbox: setpriv: denied$/m);
});
