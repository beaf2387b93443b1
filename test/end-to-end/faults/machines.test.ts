// Faults of servers that are machines behind an interface.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const folder = await mkdtemp(join(tmpdir(), 'loopfw-machines-'));
await chmod(folder, 0o755); // for an ordinary user
t.teardown(() => rm(folder, { recursive: true }));

const LOOK_MS = 3500;
const SILENCE_MS = 250;

/** Each kind has a server of both families: what a client sees at once, over each. */
const NEW: [kind: string, ipv4: string, ipv6: string][] = [
  ['refused', 'ECONNREFUSED', 'ECONNREFUSED'],
  ['host-unreachable', 'EHOSTUNREACH', 'EHOSTUNREACH'],
  ['net-unreachable', 'ENETUNREACH', 'ENETUNREACH'],
  ['admin-prohibited', 'EHOSTUNREACH', 'EACCES'],
  ['dropped', 'silence', 'silence'],
  ['answer-eaten', 'silence', 'silence'],
  ['reply-lost', 'silence', 'silence'],
];

/** What a client of an existing connection sees while it waits, and when it sends; and what a new client sees. */
const STANDING: [fault: string, idle: string, used: string, saw: string, hits: number][] = [
  ['host-unreachable', 'ECONNRESET', 'ECONNRESET', 'EHOSTUNREACH', 2],
  ['reset-established', 'ECONNRESET', 'ECONNRESET', 'answer', 1],
  ['blackhole-established', 'silence', 'silence', 'answer', 1],
  ['half-open', 'silence', 'ECONNRESET', 'answer', 1],
  ['refused', 'ECONNRESET', 'ECONNRESET', 'ECONNREFUSED', 2],
  ['dropped', 'silence', 'silence', 'silence', 2],
  ['refused,keep-live', 'silence', 'answer', 'ECONNREFUSED', 1],
];

const HOSTS = ['192.0.2.9', '2001:db8::9'];
const print = (host: string, port: number) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

/** A scenario with servers of both families behind an interface, one for each port from 8000 on. */
async function writeScenario(ports: number): Promise<string> {
  const server = (address: string) => ({ protocol: 'tcp', address, port: `8000-${8000 + ports - 1}`, via: 'eth0' });
  const document = {
    name: 'machines',
    servers: {
      four: server('192.0.2.9'),
      six: server('2001:db8::9'),
      names: { protocol: 'udp', address: '192.0.2.9', port: 53, via: 'eth0' },
    },
    interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8::1/64'] } },
    rules: [],
    probes: [{ from: '192.0.2.1', to: 'tcp://192.0.2.9:8000', expect: 'connected' }],
  };
  const file = join(folder, `${ports}.json`);
  await writeFile(file, JSON.stringify(document));
  return file;
}

async function runUnder(scenario: string, faults: string[], peers: object[], ordinary = false) {
  const options = faults.flatMap((fault) => ['--fault', fault]);
  const program = ['node', `${ROOT}/test/programs/under-faults.mjs`, JSON.stringify(peers.map((peer) => ({ ...peer, served: true })))];
  const { stdout, stderr, exitCode } = await loopfw(['exec', scenario, ...options, '--', ...program], { ordinary });
  if (exitCode !== 0) {
    throw new Error(`exit code ${exitCode}: ${stdout}${stderr}`);
  }
  const hits = stderr
    .trim()
    .split('\n')
    .map((line) => line.replace(/^.*: /, ''));
  return { saw: JSON.parse(stdout) as { saw: string; ms: number; idle: string; used: string }[], hits };
}

// Each of them waits more than it works.
t.jobs = 2;

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';
  t.test(`new clients, for ${who}`, async (t) => {
    const scenario = await writeScenario(NEW.length);
    const cases = NEW.flatMap(([kind, ...saw], place) =>
      HOSTS.map((host, family) => ({ kind, host, port: 8000 + place, saw: saw[family] })),
    );
    const isAtOnce = (saw = '') => saw !== 'silence';
    const peers = cases.flatMap(({ host, port, saw }) => [
      { host, port, ask: 'request', limitMs: isAtOnce(saw) ? 5000 : SILENCE_MS },
      ...(isAtOnce(saw) ? [{ host, port, ask: 'blocking' }] : []),
    ]);
    const faults = cases.map(({ kind, host, port }) => `${kind}=${print(host, port)}`);
    const seen = await runUnder(scenario, faults, peers, ordinary);
    t.strictSame(
      seen.saw.map(({ saw }) => saw),
      cases.flatMap(({ saw }) => (isAtOnce(saw) ? [saw, saw] : [saw])),
    );
    for (const { saw, ms } of seen.saw.filter((each) => isAtOnce(each.saw))) {
      t.ok(ms < 800, `${saw} after ${ms} ms`);
    }
    t.strictSame(
      seen.hits,
      cases.map(({ saw }) => (isAtOnce(saw) ? '2 connections' : '1 connection')),
    );
  });

  t.test(`existing connections, for ${who}`, async (t) => {
    const scenario = await writeScenario(STANDING.length);
    const host = HOSTS[ordinary ? 1 : 0] ?? '';
    const peers = STANDING.map((_, place) => ({ host, port: 8000 + place, ask: 'keep', waitMs: LOOK_MS }));
    const faults = STANDING.map(([fault], place) => {
      const [kind, ...keys] = fault.split(',');
      return [`${kind}=${print(host, 8000 + place)}`, 'after=2s', ...keys].join(',');
    });
    const { saw, hits } = await runUnder(scenario, faults, peers, ordinary);
    STANDING.forEach(([fault, idle, used, last], place) => t.match(saw[place], { idle, used, saw: last }, fault));
    t.strictSame(
      hits,
      STANDING.map(([, , , , count]) => (count === 1 ? '1 connection' : `${count} connections`)),
    );
  });
}

t.test('every address is also that of a machine; UDP; and a fault that is healed', async (t) => {
  const scenario = await writeScenario(2);
  const peers = [
    ...HOSTS.map((host) => ({ host, port: 8000, ask: 'request' })),
    { host: HOSTS[0], port: 53, ask: 'udp' },
    { host: HOSTS[0], port: 8001, ask: 'request', limitMs: 9000 },
  ];
  const { saw, hits } = await runUnder(scenario, ['refused=:8000', 'refused=udp://192.0.2.9', 'dropped=192.0.2.9:8001,for=2s'], peers);
  t.strictSame(
    saw.map((each) => each.saw),
    ['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED', 'answer'],
  );
  t.strictSame(hits, ['2 connections', '1 flow', '1 connection']);
});

t.test('what cannot be meant', async (t) => {
  const scenario = await writeScenario(1);
  const cases: [string, RegExp][] = [
    [
      'refused=192.0.2.77:80',
      /target 192\.0\.2\.77: it belongs to a network behind an interface, and no client or server of the scenario has it/,
    ],
    ['refused=:8000,first=2', /"first" needs one address where servers are behind interfaces/],
  ];
  for (const [fault, message] of cases) {
    t.match(await loopfw(['exec', scenario, '--fault', fault, '--', 'true']), { exitCode: 2, stderr: message });
  }
});
