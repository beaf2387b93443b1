// What is said of a packet that routing ended: where, what it had become, why, and what to do.
import t from 'tap';
import type { PacketEnded, RoutingReason } from '../../src/model/kernel/routing.js';
import type { Case } from '../../src/verdict/case.js';
import { explain } from '../../src/verdict/explain.js';
import { judge } from '../../src/verdict/judge.js';
import { describeWhatHappened } from '../../src/verdict/what-happened.js';
import { advise, makeCase, NOTHING_SEEN, RULE } from './cases.js';
import { makePacket } from './packets.js';

const ENDED: PacketEnded = {
  kind: 'ended',
  of: 'request',
  stage: 'arrived',
  device: 'eth0',
  source: '192.0.2.9',
  destination: '203.0.113.4:80',
  address: '203.0.113.4',
  isRewritten: false,
  rewrittenBy: null,
  reason: { kind: 'no-route' },
};

const makeEnded = (ended: Partial<PacketEnded> = {}, more: Partial<Case> = {}) =>
  makeCase({ cause: 'not-routed', rule: null, from: '192.0.2.9', fate: { ...ENDED, ...ended }, observed: NOTHING_SEEN, ...more });

t.test('where routing ended a packet, and what it had become', async (t) => {
  t.equal(explain(makeEnded()), 'The request came in by eth0, and routing ended it: there is no route to 203.0.113.4.');
  t.equal(
    explain(makeEnded({ isRewritten: true })),
    'The request came in by eth0 and was rewritten to 192.0.2.9 → 203.0.113.4:80, and routing ended it: there is no route to 203.0.113.4.',
  );
  t.match(explain(makeEnded({ of: 'answer' })), /^The answer came in by eth0/);
  t.equal(
    explain(makeEnded({ stage: 'output', device: null, isRewritten: true, rewrittenBy: 2 })),
    'The request never left: it was rewritten by rule 2 to 203.0.113.4:80, and routing ended it: there is no route to 203.0.113.4.',
  );
  t.match(explain(makeEnded({ stage: 'output', device: null })), /it was marked in OUTPUT, and routing ended it/);
  t.match(explain(makeEnded({ reason: { kind: 'unknown' } })), /and routing ended it; the reason is not known\.$/);
  const journey = [makePacket('icmp-error')];
  t.match(
    explain(makeEnded({}, { journey, protocol: 'udp' })),
    /The kernel answered \(.*\), but a client of this kind does not act on it\.$/,
  );
  t.match(explain(makeEnded({}, { journey })), /has not acted on it in its time: over IPv6, .* its first SYN\.$/);
  t.match(explain(makeEnded({ of: 'answer' }, { journey })), /The kernel told the sender of the answer \(.*\), not the client\.$/);
  const tooLong = [makePacket('icmp-error', { icmp: { type: 3, code: 4 } })];
  t.match(explain(makeEnded({ reason: { kind: 'unknown' } }, { journey: tooLong })), /longer than the MTU of its next link/);
  t.match(
    explain(makeEnded({ source: 'fe80::9', reason: { kind: 'martian' } })),
    /it forwards no packet with the source fe80::9 \(a martian: a loopback, multicast or link-local address\)\.$/,
  );
  t.match(explain(makeEnded({ address: '::1' })), /no route to ::1 from another interface than lo\.$/);
  t.match(advise(makeEnded({ address: '::1' })), /another address of this host/);
  t.equal(describeWhatHappened(makeEnded()), ' (routing ended it)');
});

t.test('each reason, and the advice on it', async (t) => {
  const rows: [RoutingReason, RegExp, RegExp | null][] = [
    [
      { kind: 'forwarding', setting: 'net.ipv4.conf.eth0.forwarding' },
      /forwarding is 0, so it forwards nothing/,
      /"net\.ipv4\.ip_forward": 1/,
    ],
    [{ kind: 'forwarding', setting: 'net.ipv6.conf.all.forwarding' }, /forwarding is 0/, /"net\.ipv6\.conf\.all\.forwarding": 1/],
    [{ kind: 'martian' }, /with the source 192\.0\.2\.9 \(a martian/, /what gives the packet this source/],
    [
      { kind: 'localnet', setting: 'net.ipv4.conf.eth0.route_localnet' },
      /route_localnet is 0/,
      /"sysctl": \{ "net\.ipv4\.conf\.eth0\.route_localnet": 1 \}/,
    ],
    [{ kind: 'no-route' }, /no route to 203/, /a route to 203\.0\.113\.4,/],
    [{ kind: 'prohibit' }, /prohibit route/, null],
    [{ kind: 'unreachable' }, /unreachable route/, null],
    [{ kind: 'blackhole' }, /blackhole route/, null],
    [{ kind: 'policy', entries: ['rule "a"', 'route "b"'] }, /the rule "a" or the route "b" refuses it/, /"ipRules"/],
    [{ kind: 'rp-filter', device: 'eth0' }, /by rp_filter, .* does not lead back by eth0/, /rp_filter of eth0/],
    [
      { kind: 'no-neighbour', address: '203.0.113.4' },
      /nobody behind eth0 has answered for 203\.0\.113\.4/,
      /have the address 203\.0\.113\.4/,
    ],
    [{ kind: 'hairpin' }, /the bridge eth0 sends no packet back by the port/, /hairpin on/],
    [{ kind: 'unknown' }, /the reason is not known/, null],
  ];
  for (const [reason, story, advice] of rows) {
    const c = makeEnded({ reason });
    t.match(explain(c), story);
    t.match(advise(c), advice);
  }
  const c = makeEnded({ reason: { kind: 'no-route' } });
  t.equal(advise({ ...c, expected: { outcome: 'refused', rule: 0 } }), null, 'a rule was to refuse the request before that');
  t.match(advise({ ...c, expected: { outcome: 'refused' } }), /a route to 203/);
});

t.test('a request that was delivered, and whose answer has no route', async (t) => {
  const fate = { kind: 'unanswerable', device: null, source: '192.0.2.1', address: '192.0.2.9', reason: { kind: 'no-route' } } as const;
  const c = makeCase({ cause: 'silent', rule: null, fate, observed: NOTHING_SEEN, control: { outcome: 'timeout' } });
  t.equal(
    explain(c),
    'No rule ended the request: it was delivered, but no answer can go from 192.0.2.1 to 192.0.2.9: there is no route to 192.0.2.9.',
  );
  t.match(advise(c), /^Give the world a route to 192\.0\.2\.9/);
  t.equal(describeWhatHappened(c), ' (the request arrived, and no route leads back)');
});

t.test('a send that a rule in OUTPUT has made impossible', async (t) => {
  const fate = { ...ENDED, stage: 'output', device: null, isRewritten: true, rewrittenBy: 0 } as const;
  const c = makeCase({ cause: 'local', rule: RULE, fate, observed: { ...NOTHING_SEEN, outcome: 'unreachable', errno: 'ENETUNREACH' } });
  t.equal(
    explain(c),
    "The client's own stack refused to send (ENETUNREACH) because of rule 0 no-web: it rewrote the packet to 203.0.113.4:80, and there is no route to 203.0.113.4.",
  );
  t.match(describeWhatHappened(c), /its own stack refused what was rewritten by rule 0 no-web/);
});

t.test('an answer that the kernel rations makes a verdict inconclusive, unless the cause alone is expected', async (t) => {
  const expected = { outcome: 'unreachable' } as const;
  const journey = [makePacket('syn')];
  const getStatus = (c: Case) => judge(c).status;
  t.equal(getStatus(makeEnded({}, { expected, journey })), 'inconclusive');
  t.equal(
    getStatus(makeEnded({}, { expected: { outcome: 'timeout' }, control: { outcome: 'unreachable' }, journey })),
    'inconclusive',
    'no timeout',
  );
  t.equal(getStatus(makeEnded({}, { expected: { cause: 'not-routed' }, journey })), 'passed');
  t.equal(getStatus(makeEnded({}, { expected, journey: [...journey, makePacket('icmp-error')] })), 'failed', 'it answered');
  t.equal(getStatus(makeEnded({ reason: { kind: 'blackhole' } }, { expected, journey })), 'failed', 'a blackhole answers nobody');
  t.equal(getStatus(makeEnded({}, { expected, journey, from: '2001:db8::9' })), 'failed', 'IPv6 has no tokens');
});
