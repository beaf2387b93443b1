// A kernel that can neither list nor end connections: a seccomp filter denies sock_diag(7).
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const folder = await mkdtemp(join(tmpdir(), 'loopfw-no-destroy-'));
await chmod(folder, 0o755); // for an ordinary user
t.teardown(() => rm(folder, { recursive: true }));

const LOOK_MS = 3500;

/** What a client of one of loopfw's own servers sees: while it waits, when it sends; and a new one. */
const OWN: [kind: string, idle: string, used: string, saw: string][] = [
  ['host-unreachable', 'ECONNRESET', 'ECONNRESET', 'EHOSTUNREACH'],
  ['reset-established', 'ECONNRESET', 'ECONNRESET', 'answer'],
  ['blackhole-established', 'silence', 'silence', 'answer'],
  ['half-open', 'silence', 'ECONNRESET', 'answer'],
  ['refused', 'ECONNRESET', 'ECONNRESET', 'ECONNREFUSED'],
];

const SCENARIO = join(folder, 'own.json');
await writeFile(
  SCENARIO,
  JSON.stringify({
    name: 'own',
    servers: {
      four: { protocol: 'tcp', address: '127.0.0.2', port: '8000-8004' },
      six: { protocol: 'tcp', address: '::', port: '9000-9004' },
      web: 'http://127.0.0.3:80',
    },
    rules: [],
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'connected' }],
  }),
);

function runWithout(args: string[], ordinary = false) {
  return run('node', ['test/programs/deny-sock-diag.js', 'node', 'dist/bin.js', ...args], { ordinary });
}

// Each of them waits more than it works.
t.jobs = 2;

for (const ordinary of [false, true]) {
  t.test(`loopfw's own servers end their connections themselves, for ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const [host, written, first] = ordinary ? ['::1', '[::1]', 9000] : ['127.0.0.2', '127.0.0.2', 8000];
    const peers = OWN.map((_, place) => ({ host, port: first + place, ask: 'keep', waitMs: LOOK_MS, served: true }));
    const faults = OWN.flatMap(([kind], place) => ['--fault', `${kind}=${written}:${first + place},after=2s`]);
    const program = ['node', `${ROOT}/test/programs/under-faults.mjs`, JSON.stringify(peers)];
    const { stdout, stderr, exitCode } = await runWithout(['exec', SCENARIO, ...faults, '--', ...program], ordinary);
    t.equal(exitCode, 0, stderr);
    const seen = JSON.parse(stdout) as object[];
    OWN.forEach(([kind, idle, used, saw], place) => t.match(seen[place], { idle, used, saw }, kind));
    t.strictSame(
      stderr
        .trim()
        .split('\n')
        .map((line) => line.replace(/^.*: /, '')),
      ['2 connections', '1 connection', '1 connection', '1 connection', '2 connections'],
    );
  });
}

t.test('for other servers such faults are exit code 3, and the message names keep-live', async (t) => {
  const lacking = ['refused=127.0.0.9:80,after=1s', 'half-open=:8000,after=1s', 'blackhole-established=127.0.0.2:8000-8005,after=1s'];
  for (const fault of lacking) {
    t.match(
      await runWithout(['exec', SCENARIO, '--fault', fault, '--', 'true']),
      {
        exitCode: 3,
        stdout: '',
        stderr: /cannot end connections of a program's own: .* CONFIG_INET_DIAG_DESTROY\n {2}remedy: .*keep-live/,
      },
      fault,
    );
  }
  for (const fault of ['refused=127.0.0.9:80', 'refused=127.0.0.9:80,after=1s,keep-live', 'dropped=127.0.0.9,after=1s']) {
    t.match(await runWithout(['exec', SCENARIO, '--fault', fault, '--', 'true']), { exitCode: 0 }, fault);
  }
});

t.test('doctor shows it', async (t) => {
  const { stdout, exitCode } = await runWithout(['doctor']);
  t.equal(exitCode, 0);
  t.match(stdout, /\? faults: connections are ended {2}warning: this kernel cannot end .*\n {4}lost: .*\n {4}remedy: .*keep-live/);
});
