// What to do about an outcome that was not wanted, where a sentence helps.
import t from 'tap';
import type { Packet } from '../../src/model/result.js';
import type { Case } from '../../src/verdict/case.js';
import { advise } from './cases.js';
import { makePacket } from './packets.js';

const RULE = { index: 0, name: null, table: 'filter', chain: 'INPUT', text: '-A INPUT -j REJECT', isPolicy: false, file: null, line: null };
const TIMEOUT = { outcome: 'timeout', errno: null, elapsedMs: null, icmp: null, reply: null } as const;
const SYN = makePacket('syn');
const DATAGRAM = makePacket('udp', { protocol: 'udp' });
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
  fate: null,
  cause: 'silent',
  rules: 'iptables',
  rule: null,
  evidence: 'trace',
  journey: [SYN],
  olderFlow: null,
  doubts: [],
};

function makeRejection(packet: Packet, more: Partial<Case> = {}): Case {
  const step = { hook: 'input', table: 'filter', chain: 'INPUT', rule: 0, verdict: 'reject' } as const;
  const observed = { ...TIMEOUT, icmp: 'net-unreachable' } as const;
  return { ...CASE, cause: 'rejected', rule: RULE, observed, journey: [{ ...packet, steps: [step] }], ...more };
}

t.test('a rejection that the client did not act on', async (t) => {
  t.equal(
    advise(makeRejection(DATAGRAM, { protocol: 'udp' })),
    'A UDP client is not told of net-unreachable: --reject-with icmp-port-unreachable tells it.',
  );
  t.match(advise(makeRejection(DATAGRAM, { protocol: 'udp', from: '::1' })), /icmp6-port-unreachable/);
  t.match(advise(makeRejection(makePacket('data'))), /An ICMP error does not end an established connection/);
  t.match(advise(makeRejection(SYN)), /when it has sent its SYN again, after a second: --reject-with tcp-reset tells it at once\.$/);
  t.equal(advise(makeRejection(SYN, { observed: { ...TIMEOUT, outcome: 'refused' } })), null);
});

t.test('a drop where more was wanted', async (t) => {
  const dropped: Case = { ...CASE, cause: 'dropped', rule: RULE };
  t.match(advise({ ...dropped, expected: { outcome: 'refused' } }), /a client is told at once by a REJECT only/);
  t.match(
    advise({ ...dropped, expected: { outcome: 'timeout' }, observed: { ...TIMEOUT, outcome: 'denied' } }),
    /drop it in INPUT to leave it in the dark/,
  );
  t.equal(advise({ ...dropped, expected: { outcome: 'connected' } }), null);
  t.match(advise({ ...dropped, journey: [{ ...DATAGRAM, fragment: true }] }), /only the first has ports/);
  const ended: Packet['steps'] = [{ hook: 'input', table: 'filter', chain: 'INPUT', rule: 0, verdict: 'drop' }];
  t.equal(advise({ ...dropped, journey: [{ ...DATAGRAM, fragment: true, steps: ended }] }), null, 'INPUT has the whole packet');
  t.match(advise({ ...dropped, journey: [makePacket('neighbour', { steps: ended })] }), /Accept neighbour discovery/);
  t.equal(advise({ ...dropped, journey: [makePacket('neighbour'), makePacket('syn', { steps: ended })] }), null);
});

t.test('silence', async (t) => {
  t.match(advise(CASE), /Without the rules it was answered/);
  t.match(advise({ ...CASE, control: { outcome: 'timeout' } }), /not answered without the rules either/);
  const rewrittenTo = { source: '127.0.0.1:1', destination: '127.0.0.3:2' };
  t.match(advise({ ...CASE, journey: [{ ...SYN, rewrittenTo }] }), /has rewritten/);
});

t.test('an answer from another address', async (t) => {
  const unheard = (source: string, rewrittenTo: Packet['rewrittenTo'] = null, asked: Partial<Packet> = {}): Case => {
    const answer = { ...DATAGRAM, source, destination: '127.0.0.1:40000', rewrittenTo };
    return { ...CASE, protocol: 'udp', cause: 'unexplained', journey: [{ ...DATAGRAM, ...asked }, answer] };
  };
  t.match(advise(unheard('127.0.0.1:80')), /The answer did not come from 127\.0\.0\.2/);
  t.equal(advise(unheard('127.0.0.2:80')), null);
  t.equal(advise(unheard('127.0.0.1:81')), null, 'nor is it an answer');
  t.equal(advise(unheard('127.0.0.3:8080', { source: '127.0.0.2:80', destination: '127.0.0.1:40000' })), null, 'NAT has put it right');
  t.match(advise(unheard('127.0.0.1:80', null, { source: '127.0.0.1:80' })), /did not come from/, "the client's port may be the same");
  t.equal(advise(unheard('127.0.0.2:80', null, { source: '127.0.0.1:80' })), null);
  const ipv6 = { ...unheard('[::1]:80', null, { source: '[::1]:40000', destination: '[::1]:80' }), to: { address: '::1', port: 80 } };
  t.equal(advise(ipv6), null);
  t.equal(advise({ ...CASE, cause: 'unexplained' }), null);
});

t.test('native rules are spoken of in their own words', async (t) => {
  const native = (more: Partial<Case>) => advise({ ...CASE, rules: 'nft', ...more });
  t.match(native(makeRejection(makePacket('data'), { rules: 'nft' })), /: reject with tcp reset ends it/);
  t.match(native(makeRejection(DATAGRAM, { rules: 'nft', protocol: 'udp' })), /: reject tells it/);
  const step = { hook: 'input', table: 'fw', chain: 'in', rule: null, verdict: 'drop' } as const;
  const policy = { index: null, name: null, table: 'fw', chain: 'in', text: 'policy drop', isPolicy: true, file: null, line: null };
  t.match(
    native({ cause: 'answer-eaten', rule: policy, journey: [SYN, makePacket('syn-ack', { steps: [step] })] }),
    /meets the policy .*ct state established,related accept, at the head of the chain "in" \(table fw, hook input\);/,
  );
});
