// What a client sees of each kind of fault, over both families, as the caller and as an ordinary user.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

interface Saw {
  saw: string;
  ms?: number;
  connected?: boolean;
  received?: number;
  requests: number;
}

interface Peer {
  host: string;
  port: number;
  ask: 'connect' | 'blocking' | 'request' | 'udp';
  times?: number;
  bytes?: number;
  limitMs?: number;
}

/** An ICMP error that a client learns of only after its first retransmission takes a second. */
const AT_ONCE_MS = 800;
const SILENCE_MS = 250;

/** Runs the peers' clients under faults. Returns what they saw, and the lines about the faults. */
async function runUnder(faults: string[], peers: Peer[], ordinary = false): Promise<{ saw: Saw[]; lines: string[] }> {
  const options = faults.flatMap((fault) => ['--fault', fault]);
  const program = ['node', `${ROOT}/test/programs/under-faults.mjs`, JSON.stringify(peers)];
  const { stdout, stderr, exitCode } = await loopfw(['exec', ...options, '--', ...program], { ordinary });
  if (exitCode !== 0) {
    throw new Error(`exit code ${exitCode}: ${stdout}${stderr}`);
  }
  return { saw: JSON.parse(stdout) as Saw[], lines: stderr.trim().split('\n') };
}

const print = (host: string, port: number) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

/** What connect(2) says, over IPv4 and over IPv6; null where a family does not know the kind. */
const AT_ONCE: [kind: string, ipv4: string, ipv6: string | null][] = [
  ['refused', 'ECONNREFUSED', 'ECONNREFUSED'],
  ['host-unreachable', 'EHOSTUNREACH', 'EHOSTUNREACH'],
  ['net-unreachable', 'ENETUNREACH', 'ENETUNREACH'],
  ['admin-prohibited', 'EHOSTUNREACH', 'EACCES'],
  ['proto-unreachable', 'ENOPROTOOPT', null],
];

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';
  t.test(`clients of ${who} learn at once: blocking ones, and over IPv6, too`, async (t) => {
    const cases = AT_ONCE.flatMap(([kind, ipv4, ipv6], place) => [
      { kind, host: `127.0.1.${place + 1}`, port: 80, errno: ipv4 },
      ...(ipv6 === null ? [] : [{ kind, host: '::1', port: 8000 + 2 * place, errno: ipv6 }]),
    ]);
    const peers = cases.flatMap(({ host, port }): Peer[] => [
      { host, port, ask: 'blocking' },
      { host, port: port + 1, ask: 'connect' },
    ]);
    const faults = cases.map(({ kind, host, port }) => `${kind}=${print(host, port).replace(/\d+$/, `${port}-${port + 1}`)}`);
    const { saw, lines } = await runUnder(faults, peers, ordinary);
    cases.forEach(({ kind, host, errno }, place) => {
      for (const [who, { saw: code, ms = NaN }] of [
        ['blocking', saw[place * 2]!],
        ['non-blocking', saw[place * 2 + 1]!],
      ] as const) {
        t.equal(code, errno, `${kind} ${host}, ${who}`);
        t.ok(ms < AT_ONCE_MS, `${kind} ${host}, ${who}: ${ms} ms`);
      }
    });
    t.strictSame(
      lines,
      faults.map((fault) => `${fault.replace('=', ' ')}: 2 connections`),
    );
  });

  t.test(`what comes later, and what does not come, for ${who}`, async (t) => {
    const kinds = ['dropped', 'answer-eaten', 'reply-lost', 'mtu-blackhole', 'closed-after'];
    const hosts = kinds.flatMap((kind, place) => [
      { kind, host: `127.0.1.${place + 1}`, port: 80 },
      { kind, host: '::1', port: 8000 + place },
    ]);
    const peers = hosts.map(({ kind, host, port }): Peer => {
      const bytes = kind === 'dropped' || kind === 'answer-eaten' ? 1 : 200_000;
      return { host, port, ask: 'request', bytes, limitMs: kind === 'closed-after' ? 5000 : SILENCE_MS };
    });
    const keys: Record<string, string> = { 'closed-after': ',bytes=50000' };
    const faults = hosts.map(({ kind, host, port }) => `${kind}=${print(host, port)}${keys[kind] ?? ''}`);
    const { saw, lines } = await runUnder(faults, peers, ordinary);
    const expected: Record<string, object> = {
      dropped: { saw: 'silence', connected: false, requests: 0 },
      'answer-eaten': { saw: 'silence', connected: false, requests: 0 },
      'reply-lost': { saw: 'silence', connected: true, requests: 1, received: 0 },
      'mtu-blackhole': { saw: 'silence', connected: true, requests: 1, received: 0 },
      // Node.js may report the end of the stream instead of the RST that comes behind data.
      'closed-after': { saw: /^(ECONNRESET|closed)$/, connected: true, requests: 1 },
    };
    hosts.forEach(({ kind, host }, place) => t.match(saw[place], expected[kind]!, `${kind} ${host}`));
    for (const { received = 0 } of saw.slice(-2)) {
      t.ok(received > 45_000 && received < 150_000, `${received} of 50,000 bytes`);
    }
    t.strictSame(
      lines,
      faults.map((fault) => `${fault.replace('=', ' ')}: 1 connection`),
    );
  });
}

t.test('UDP: a client that connects learns of a refusal, and of nothing else', async (t) => {
  const faults = ['refused=udp://127.0.1.1:53', 'dropped=udp://127.0.1.2:53', 'answer-eaten=udp://[::1]:54', 'mtu-blackhole=udp://:9'];
  const peers: Peer[] = [
    { host: '127.0.1.1', port: 53, ask: 'udp' },
    { host: '127.0.1.2', port: 53, ask: 'udp', limitMs: SILENCE_MS },
    { host: '::1', port: 54, ask: 'udp', limitMs: SILENCE_MS },
    { host: '127.0.1.3', port: 53, ask: 'udp' },
  ];
  const { saw, lines } = await runUnder(faults, peers);
  t.strictSame(
    saw.map(({ saw, requests }) => [saw, requests]),
    [
      ['ECONNREFUSED', 0],
      ['silence', 0],
      ['silence', 1],
      ['answer', 1],
    ],
  );
  t.strictSame(lines, [
    'refused udp://127.0.1.1:53: 1 flow',
    'dropped udp://127.0.1.2:53: 1 flow',
    'answer-eaten udp://[::1]:54: 1 flow',
    'mtu-blackhole udp://:9: never touched',
  ]);
});

t.test('targets: every address, both families, addresses that the world has only by the fault', async (t) => {
  const faults = ['refused=:81', 'dropped=localhost:82', 'refused=10.255.255.1', 'dropped=[2001:db8::1]:80', 'refused=127.0.9.0:8000-8010'];
  const peers: Peer[] = [
    { host: '127.0.0.5', port: 81, ask: 'connect' },
    { host: '::1', port: 81, ask: 'connect' },
    { host: '127.0.0.1', port: 82, ask: 'connect', limitMs: SILENCE_MS },
    { host: '::1', port: 82, ask: 'connect', limitMs: SILENCE_MS },
    { host: '127.0.0.2', port: 82, ask: 'connect' },
    { host: '10.255.255.1', port: 7, ask: 'connect' },
    { host: '127.0.9.0', port: 8010, ask: 'connect' },
    { host: '127.0.9.0', port: 8011, ask: 'connect' },
    { host: '2001:db8::1', port: 81, ask: 'connect' },
  ];
  const { saw, lines } = await runUnder(faults, peers);
  t.strictSame(
    saw.map(({ saw }) => saw),
    ['ECONNREFUSED', 'ECONNREFUSED', 'silence', 'silence', 'connected', 'ECONNREFUSED', 'ECONNREFUSED', 'connected', 'ECONNREFUSED'],
  );
  t.strictSame(
    lines.map((line) => line.replace(/^.*: /, '')),
    ['3 connections', '2 connections', '1 connection', 'never touched', '1 connection'],
  );
});

t.test('a target without a port: its clients may have the same address', async (t) => {
  const peers: Peer[] = [
    { host: '127.0.0.1', port: 81, ask: 'request', limitMs: SILENCE_MS },
    // Its client has the address 127.0.0.1.
    { host: '127.0.0.2', port: 82, ask: 'request' },
    { host: '::1', port: 83, ask: 'request', limitMs: SILENCE_MS },
  ];
  for (const [kind, saw, requests] of [
    ['refused', 'ECONNREFUSED', 0],
    ['reply-lost', 'silence', 1],
  ] as const) {
    const { saw: seen, lines } = await runUnder([`${kind}=localhost`], peers);
    t.strictSame(
      seen.map(({ saw, requests }) => [saw, requests]),
      [
        [saw, requests],
        ['answer', 1],
        [saw, requests],
      ],
    );
    t.strictSame(lines, [`${kind} localhost: 2 connections`]);
  }
});

t.test('keys: the first connections, and each by chance', async (t) => {
  const faults = ['refused=127.0.1.1:80,first=2', 'refused=[::1]:80,chance=0.5', 'dropped=127.0.1.2:80,for=1500ms'];
  const peers: Peer[] = [
    // Its SYN is lost at first, and comes again: one connection.
    { host: '127.0.1.2', port: 80, ask: 'connect' },
    { host: '127.0.1.1', port: 80, ask: 'connect', times: 4 },
    { host: '::1', port: 80, ask: 'connect', times: 60 },
  ];
  const { saw, lines } = await runUnder(faults, peers);
  t.match(saw[0], { saw: 'connected' });
  t.ok((saw[0]?.ms ?? 0) > 500, `healed while it waited: ${saw[0]?.ms} ms`);
  t.strictSame(
    saw.slice(1, 5).map(({ saw }) => saw),
    ['ECONNREFUSED', 'ECONNREFUSED', 'connected', 'connected'],
  );
  const refused = saw.slice(5).filter(({ saw }) => saw === 'ECONNREFUSED').length;
  t.ok(refused > 10 && refused < 50, `${refused} of 60`); // outside of it once in 10^7 runs
  t.strictSame(lines, [
    'refused 127.0.1.1:80,first=2: 2 connections',
    `refused [::1]:80,chance=0.5: ${refused} connections`,
    'dropped 127.0.1.2:80,for=1500ms: 1 connection',
  ]);
});

t.test('--expect-hit', async (t) => {
  const later = ['exec', '--expect-hit', '--fault', 'refused=:80,after=5m', '--', 'true'];
  t.match(await loopfw(later), { exitCode: 1, stderr: 'refused :80,after=5m: never touched\n' }, 'a fault that has not begun');
  const exec = (...args: string[]) => loopfw(['exec', '--expect-hit', '--fault', 'dropped=10.255.255.1', '--', ...args]);
  t.match(await exec('true'), { exitCode: 1, stderr: 'dropped 10.255.255.1: never touched\n' });
  t.match(await exec('sh', '-c', 'exit 3'), { exitCode: 3 });
});

t.test('many faults of an ordinary user, for whom the kernel limits a transaction', async (t) => {
  const hosts = Array.from({ length: 60 }, (_, place) => `127.0.2.${place + 1}`);
  const faults = hosts.map((host, place) => `${place % 2 === 0 ? 'reply-lost' : 'refused'}=${host}:80`);
  const { saw, lines } = await runUnder(
    faults,
    hosts.slice(-2).map((host): Peer => ({ host, port: 80, ask: 'request', limitMs: SILENCE_MS })),
    true,
  );
  t.strictSame(
    saw.map(({ saw }) => saw),
    ['silence', 'ECONNREFUSED'],
  );
  t.equal(lines.filter((line) => line.endsWith(': never touched')).length, 58);
});
