// What to do about an outcome that was not wanted, where a sentence helps.
import t from 'tap';
import type { Case } from '../../src/model/case.js';
import { advise } from '../../src/verdict/advise.js';

const RULE = { index: 0, name: null, table: 'filter', chain: 'INPUT', text: '-A INPUT -j REJECT' };
const TIMEOUT = { outcome: 'timeout', errno: null, elapsedMs: null, icmp: null, reply: null } as const;
const SYN = { packet: 'tcp syn 127.0.0.1:40000 → 127.0.0.2:80', steps: [] };
const CASE: Case = {
  protocol: 'tcp',
  from: '127.0.0.1',
  to: { address: '127.0.0.2', port: 80 },
  timeoutMs: 2500,
  expected: {},
  observed: TIMEOUT,
  decided: 'observed',
  delays: null,
  control: { outcome: 'connected' },
  cause: 'silent',
  rules: 'iptables',
  rule: null,
  evidence: 'trace',
  journey: [SYN],
  doubts: [],
};

function makeRejection(packet: string, more: Partial<Case> = {}): Case {
  const step = { hook: 'input', table: 'filter', chain: 'INPUT', rule: 0, verdict: 'reject' } as const;
  const observed = { ...TIMEOUT, icmp: 'net-unreachable' } as const;
  return { ...CASE, cause: 'rejected', rule: RULE, observed, journey: [{ packet, steps: [step] }], ...more };
}

t.test('a rejection that the client did not act on', async (t) => {
  t.equal(
    advise(makeRejection('udp (1 bytes)', { protocol: 'udp' })),
    'A UDP client is not told of net-unreachable: --reject-with icmp-port-unreachable tells it.',
  );
  t.match(advise(makeRejection('udp (1 bytes)', { protocol: 'udp', from: '::1' })), /icmp6-port-unreachable/);
  t.match(advise(makeRejection('tcp data (4 bytes) 127.0.0.1:40000 → 127.0.0.2:80')), /A connection that stands is not ended/);
  t.match(advise(makeRejection(SYN.packet)), /give it more time, or --reject-with tcp-reset/);
  t.equal(advise(makeRejection(SYN.packet, { observed: { ...TIMEOUT, outcome: 'refused' } })), null);
});

t.test('a drop where more was wanted', async (t) => {
  const dropped: Case = { ...CASE, cause: 'dropped', rule: RULE };
  t.match(advise({ ...dropped, expected: { outcome: 'refused' } }), /a client is told at once by a REJECT only/);
  t.match(
    advise({ ...dropped, expected: { outcome: 'timeout' }, observed: { ...TIMEOUT, outcome: 'denied' } }),
    /drop it in INPUT to leave it in the dark/,
  );
  t.equal(advise({ ...dropped, expected: { outcome: 'connected' } }), null);
});

t.test('silence', async (t) => {
  t.match(advise(CASE), /Without the rules it was answered/);
  t.match(advise({ ...CASE, control: { outcome: 'timeout' } }), /not answered without the rules either/);
  t.match(advise({ ...CASE, journey: [{ ...SYN, packet: `${SYN.packet}, rewritten to 127.0.0.1:1 → 127.0.0.3:2` }] }), /has rewritten/);
});

t.test('an answer from another address', async (t) => {
  const unheard = (packet: string): Case => ({ ...CASE, protocol: 'udp', cause: 'unexplained', journey: [SYN, { packet, steps: [] }] });
  t.match(advise(unheard('udp (1 bytes) 127.0.0.1:80 → 127.0.0.1:40000')), /The answer did not come from 127\.0\.0\.2/);
  t.equal(advise(unheard('udp (1 bytes) 127.0.0.2:80 → 127.0.0.1:40000')), null);
  t.equal(advise({ ...CASE, cause: 'unexplained' }), null);
});

t.test('native rules are spoken of in their own words', async (t) => {
  const native = (more: Partial<Case>) => advise({ ...CASE, rules: 'nft', ...more });
  t.match(native(makeRejection('tcp data 127.0.0.1:40000 → 127.0.0.2:80', { rules: 'nft' })), /: reject with tcp reset ends it/);
  t.match(native(makeRejection('udp (1 bytes) 127.0.0.1:40000 → 127.0.0.2:53', { rules: 'nft', protocol: 'udp' })), /: reject tells it/);
  const step = { hook: 'input', table: 'fw', chain: 'in', rule: null, verdict: 'drop' } as const;
  const policy = { index: null, name: null, table: 'fw', chain: 'in', text: 'policy drop' };
  t.match(
    native({ cause: 'answer-eaten', rule: policy, journey: [SYN, { packet: 'tcp syn-ack', steps: [step] }] }),
    /meets the policy .*ct state established,related accept, at the head of the chain of table fw at the input hook/,
  );
});
