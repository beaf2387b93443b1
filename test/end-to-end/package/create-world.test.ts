// Worlds of a program's own: faults, rules, programs and sockets in them (docs/library.md).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Agent, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { createWorld, SpecError, UsageError, type WorldOptions } from 'loopfw';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';

  t.test(`two worlds of ${who} at once`, async (t) => {
    const { folder } = await getPackage(ordinary);
    const { stdout, stderr, exitCode } = await run('node', [`${folder}/test/programs/world.mjs`], { ordinary });
    t.equal(exitCode, 0, stderr);
    const seen = JSON.parse(stdout) as Record<string, unknown>;
    const refused = { code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.2', port: 8000 };
    t.match(seen['servers'], [{ name: 'web', protocol: 'http', address: '127.0.0.2', port: 8000, lastPort: 8000 }, { name: 'six' }]);
    t.match(seen['twoWorlds'], [200, refused]);
    t.match(seen['silent'], [{ message: 'timed out' }, { message: 'timed out' }, { name: 'AbortError' }]);
    t.match(seen['pool'], {
      ...{ refused, healed: 200, left: 1, again: { name: 'UsageError', message: 'no fault has the number 2, or it has been healed' } },
      counted: [
        { text: 'dropped=10.255.255.1', connections: 3 },
        { text: 'refused=127.0.0.2:8000', connections: 2 },
      ],
    });
    t.match(seen['echo'], { echo: 'hello', address: '::1', again: /connects once/ });
    t.strictSame(seen['destroyed'], ['close']);
    t.equal(seen['sockets'], 100);
    t.match(seen['programs'], [
      { exitCode: 3, signal: null, stdout: '127.0.0.2:8000 own\n/\ntyped', stderr: 'to stderr\n' },
      { exitCode: null, signal: 'SIGTERM' },
      { exitCode: null, signal: 'SIGKILL' },
      { name: 'TimeoutError' },
      { name: 'UsageError', message: /^no-such-program: / },
      { exitCode: 0, stdout: '' },
    ]);
    t.equal(seen['healedByProgram'], 0, 'a program of the world has healed all faults');
    t.equal(seen['uid'], true);
    t.match(seen['rules'], { cause: 'dropped', rule: '-A INPUT -p tcp --dport 8000 -j DROP', rules: 1 });
    t.match(seen['journeys'], [{ cause: 'rejected', rule: '-A INPUT -p tcp --dport 8000 -j REJECT' }]);
    t.equal(seen['left'], 'the world was closed while sleep ran');
    t.strictSame(seen['closed'], [false, 'the world has been closed']);
    t.equal(seen['isUnchanged'], true, 'no namespace and no signal handler of this process has changed');
  });

  t.test(`a world of ${who} ends with its process`, async (t) => {
    const { folder, prefix } = await getPackage(ordinary);
    const program = `${folder}/test/programs/forgotten-world.mjs`;
    const marker = `${7_000_000 + 10 * process.pid + Number(ordinary)}`;
    const forgotten = await run('node', [program, marker], { ordinary });
    t.equal(forgotten.exitCode, 0, forgotten.stderr);
    t.equal(existsSync(forgotten.stdout.trim()), false, 'without close(), its socket is gone');
    t.equal(await waitForEnd(marker), 0, 'and so is everything in it');
    const killed = spawn('env', [...prefix, 'node', program, marker, 'waits'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    t.equal(countProcesses(marker), 1);
    killed.kill('SIGKILL');
    await once(killed, 'close');
    t.equal(await waitForEnd(marker), 0, 'nothing is left of it after kill -9');
  });
}

/** How many processes have this argument. */
function countProcesses(argument: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, 2).join(' ') === `sleep ${argument}`;
    } catch {
      return false;
    }
  }).length;
}

/** Waits until no process has this argument, up to five seconds. Returns how many have it then. */
async function waitForEnd(argument: string): Promise<number> {
  for (let turn = 0; turn < 100 && countProcesses(argument) > 0; turn++) {
    await sleep(50);
  }
  return countProcesses(argument);
}

const hasOpenssl = (await execa('openssl', ['version'], { reject: false })).exitCode === 0;

t.test('an agent for https', { skip: hasOpenssl ? false : 'openssl is not here' }, async (t) => {
  const folder = t.testdir();
  const names = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem'), '-subj', '/CN=localhost'];
  await execa('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-addext', 'subjectAltName=IP:127.0.0.2', ...names]);
  await using world = await createWorld();
  const server = `
    const options = { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') };
    https.createServer(options, (_, response) => response.end('secret')).listen(8443, '127.0.0.2');`;
  const stopped = new AbortController();
  const served = world
    .exec('node', ['-e', server], { cwd: folder, signal: stopped.signal })
    .catch((error: unknown) => (error as Error).name);
  const agent = world.agent<Agent>({ secure: true, ca: readFileSync(join(folder, 'cert.pem'), 'utf8') });
  const ask = () =>
    new Promise<string>((resolve, reject) => {
      request('https://127.0.0.2:8443/', { agent }, (response) => response.on('data', (part) => resolve(String(part))))
        .on('error', reject)
        .end();
    });
  let answer = '';
  for (let turn = 0; turn < 100 && answer === ''; turn++) {
    answer = await ask().catch((error: unknown) =>
      (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? '' : Promise.reject(error as Error),
    );
    await sleep(50);
  }
  t.equal(answer, 'secret');
  stopped.abort();
  t.equal(await served, 'AbortError');
  agent.destroy();
});

t.test('mistakes in options', async (t) => {
  const cases: [options: object, type: typeof UsageError | typeof SpecError | typeof Error, message: RegExp][] = [
    [{ sevrers: {} }, UsageError, /no option "sevrers" \(did you mean "servers"\?\)/],
    [{ probes: [] }, UsageError, /no option "probes"/],
    [{ faults: ['refsed=127.0.0.2:80'] }, UsageError, /did you mean "refused"/],
    [{ faults: ['half-open=127.0.0.2:80'] }, UsageError, /after=1s/],
    [{ rules: ['-A INPUT -j DROPP'] }, SpecError, /create-world\.test\.ts:\d+:\d+: .*DROPP/],
    [{ servers: { web: { protocol: 'tcp', address: '127.0.0.2', port: 1, command: ['true'] } } }, SpecError, /allowCommands/],
    [{ signal: AbortSignal.abort() }, Error, /aborted/],
  ];
  for (const [options, type, message] of cases) {
    const error = await createWorld(options as WorldOptions).then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    t.type(error, type);
    t.match(error?.message, message);
  }
});

t.test('a program that kills all others ends alone', async (t) => {
  await using world = await createWorld();
  const [killed] = await Promise.all([world.exec('sleep', ['1000']), world.exec('sh', ['-c', 'sleep 0.5; kill -9 -1; exit 0'])]);
  t.match(killed, { signal: 'SIGKILL' });
  t.strictSame(await world.faults(), [], 'the world goes on');
});
