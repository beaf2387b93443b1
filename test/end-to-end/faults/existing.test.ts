// Faults and the connections that exist when they begin.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

/** When the faults begin, and when the clients look. A busy machine may need a second to start the program. */
const AFTER = 'after=2s';
const LOOK_MS = 3500;

/** What a client sees while it waits, when it sends, and what a new one sees. */
const CASES: [fault: string, idle: string, used: string, saw: string][] = [
  // First: its SYNs are held before loopfw tries whether it can end a socket.
  ['host-unreachable', 'ECONNRESET', 'ECONNRESET', 'EHOSTUNREACH'],
  ['reset-established', 'ECONNRESET', 'ECONNRESET', 'answer'],
  ['blackhole-established', 'silence', 'silence', 'answer'],
  ['half-open', 'silence', 'ECONNRESET', 'answer'],
  ['refused', 'ECONNRESET', 'ECONNRESET', 'ECONNREFUSED'],
  ['dropped', 'silence', 'silence', 'silence'],
  ['refused,keep-live', 'silence', 'answer', 'ECONNREFUSED'],
];

// Each of them waits more than it works.
t.jobs = 2;

for (const [ordinary, host] of [
  [false, '127.0.0.2'],
  [true, '::1'],
] as const) {
  t.test(`a pool hides no fault, for ${ordinary ? 'an ordinary user over IPv6' : 'the caller'}`, async (t) => {
    const written = ordinary ? `[${host}]` : host;
    const options = CASES.flatMap(([fault], place) => {
      const [kind, ...keys] = fault.split(',');
      return ['--fault', [`${kind}=${written}:${8000 + place}`, AFTER, ...keys].join(',')];
    });
    const peers = CASES.map((_, place) => ({ host, port: 8000 + place, ask: 'keep', waitMs: LOOK_MS }));
    const program = ['node', `${ROOT}/test/programs/under-faults.mjs`, JSON.stringify(peers)];
    const { stdout, stderr, exitCode } = await loopfw(['exec', ...options, '--', ...program], { ordinary });
    t.equal(exitCode, 0, stderr);
    const seen = JSON.parse(stdout) as { idle: string; used: string; saw: string }[];
    CASES.forEach(([fault, idle, used, saw], place) => t.match(seen[place], { idle, used, saw }, fault));
    t.strictSame(
      stderr
        .trim()
        .split('\n')
        .map((line) => line.replace(/^.*: /, '')),
      // Two where the new connection is hit as well as the old one.
      ['2 connections', '1 connection', '1 connection', '1 connection', '2 connections', '2 connections', '1 connection'],
    );
  });
}

t.test('a target without a port: the client has the same address', async (t) => {
  const cases: [fault: string, idle: string, used: string][] = [
    ['half-open', 'silence', 'ECONNRESET'],
    ['dropped', 'silence', 'silence'],
    ['reply-lost', 'silence', 'silence'],
  ];
  for (const [fault, idle, used] of cases) {
    const peers = [{ host: '127.0.0.1', port: 8000, ask: 'keep', waitMs: LOOK_MS }];
    const program = ['node', `${ROOT}/test/programs/under-faults.mjs`, JSON.stringify(peers)];
    const { stdout, stderr } = await loopfw(['exec', '--fault', `${fault}=localhost,${AFTER}`, '--', ...program]);
    t.match(JSON.parse(stdout), [{ idle, used }], fault);
    t.equal(stderr.trim().split(': ').at(-1), fault === 'half-open' ? '1 connection' : '2 connections', 'the old one, and a new one');
  }
});
