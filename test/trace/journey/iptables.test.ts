// How the kernel's events become packets, and packets a cause: the traps of the trace, as literal events.
import t from 'tap';
import type { TraceEvent } from '../../../src/model/evidence.js';
import type { InstabilityKind } from '../../../src/model/plan.js';
import type { Outcome } from '../../../src/model/result.js';
import { getExchanges, canReceiveNothingMore } from '../../../src/trace/finding/conversation.js';
import { makeFinding, settleOutcome } from '../../../src/trace/finding/finding.js';
import type { JourneyLog } from '../../../src/trace/journey/log.js';
import { CLIENT, logLegacy, makeEcho, makeIcmpError, makeLog, makeTcp, makeUdp, meet, meetPolicy, SERVER } from '../events.js';

const SYN = makeTcp({ from: CLIENT, to: SERVER, id: 11, flags: ['syn'] });
const SYN_AGAIN = makeTcp({ from: CLIENT, to: SERVER, id: 12, flags: ['syn'] });
const SYN_ACK = makeTcp({ from: SERVER, to: CLIENT, seq: 5000, ack: 1001, flags: ['syn', 'ack'] });
const RST = makeTcp({ from: SERVER, to: CLIENT, seq: 0, ack: 1001, flags: ['rst', 'ack'] });
const ACK = makeTcp({ from: CLIENT, to: SERVER, id: 14, seq: 1001, ack: 5001, flags: ['ack'] });
const DATA = makeTcp({ from: CLIENT, to: SERVER, id: 13, seq: 1001, ack: 5001, flags: ['ack'], payload: 4 });
const BANNER = makeTcp({ from: SERVER, to: CLIENT, id: 21, seq: 5001, ack: 1001, flags: ['ack'], payload: 9 });
const ECHO = makeTcp({ from: SERVER, to: CLIENT, id: 22, seq: 5010, ack: 1005, flags: ['ack'], payload: 4 });
const ICMP = makeIcmpError(SERVER.address, CLIENT.address, 3, SYN);

/** A packet that leaves and comes in, each hook a visit of its own. */
const pass = (id: number, headers: typeof SYN): TraceEvent[] => [
  meetPolicy(id, 'OUTPUT', 'accept', headers),
  meetPolicy(id + 1, 'INPUT', 'accept', headers),
];
const find = (log: JourneyLog, outcome: Outcome) => makeFinding(outcome, CLIENT, log.getPackets(CLIENT), 'trace');
const isOver = (log: JourneyLog, ...instabilities: InstabilityKind[]) =>
  canReceiveNothingMore(getExchanges(CLIENT, log.getPackets(CLIENT)), () => instabilities.map((kind) => ({ kind, isNat: false })));

t.test('a REJECT whose answer comes first in the trace', async (t) => {
  const log = makeLog('REJECT');
  log.add([
    meetPolicy(1, 'OUTPUT', 'accept', SYN),
    // the ICMP error is on its way before the rule's own verdict is told
    ...pass(3, ICMP),
    meet(2, 'INPUT', 0, 'drop', SYN),
  ]);
  const finding = find(log, 'refused');
  t.match(finding, { cause: 'rejected', icmp: 'port-unreachable', evidence: 'trace', rule: { entry: 0, chain: 'INPUT', isPolicy: false } });
  t.strictSame(
    finding.journey.map(({ packet, steps }) => [packet, steps.map(({ hook, rule, verdict }) => `${hook} ${rule} ${verdict}`)]),
    [
      ['tcp syn 127.0.0.1:40000 → 127.0.0.2:80', ['output null accept', 'input 0 reject']],
      ['icmp port-unreachable 127.0.0.2 → 127.0.0.1', ['output null accept', 'input null accept']],
    ],
  );
  t.equal(isOver(log), false);
  t.equal(find(log, 'timeout').cause, 'rejected', 'the answer came through, but the client did not act on it');
});

t.test('an answer that ends in a rule is eaten, whatever the request met', async (t) => {
  const rejected = makeLog('REJECT');
  rejected.add([
    meetPolicy(1, 'OUTPUT', 'accept', SYN),
    meetPolicy(3, 'OUTPUT', 'accept', ICMP),
    meet(4, 'INPUT', 0, 'drop', ICMP),
    meet(2, 'INPUT', 0, 'drop', SYN),
  ]);
  t.match(find(rejected, 'timeout'), { cause: 'answer-eaten', rule: { entry: 0 }, icmp: null });
  t.equal(isOver(rejected), true);

  const accepted = makeLog('ACCEPT', 'DROP');
  accepted.add([
    meetPolicy(1, 'OUTPUT', 'accept', SYN),
    meet(2, 'INPUT', 0, 'accept', SYN),
    meetPolicy(3, 'OUTPUT', 'accept', SYN_ACK),
    meet(4, 'INPUT', 1, 'drop', SYN_ACK),
  ]);
  t.match(find(accepted, 'timeout'), { cause: 'answer-eaten', rule: { entry: 1 } });
  t.equal(isOver(accepted), true);
  t.equal(isOver(accepted, 'flow'), false, 'connection tracking has seen an answer: a retransmission may meet other rules');
});

t.test('data of several segments hangs on the first that is lost', (t) => {
  const more = makeTcp({ from: CLIENT, to: SERVER, id: 14, seq: 1005, ack: 5001, flags: ['ack'], payload: 4 });
  const both = makeTcp({ from: CLIENT, to: SERVER, id: 15, seq: 1001, ack: 5001, flags: ['ack'], payload: 8 });
  const third = makeTcp({ from: CLIENT, to: SERVER, id: 16, seq: 1009, ack: 5001, flags: ['ack'], payload: 4 });
  const lost = [meetPolicy(5, 'OUTPUT', 'accept', DATA), meet(6, 'INPUT', 0, 'drop', DATA)];

  const log = makeLog('DROP');
  log.add([...pass(1, SYN), ...pass(3, SYN_ACK), ...lost, ...pass(7, more)]);
  t.match(find(log, 'timeout'), { cause: 'dropped', rule: { entry: 0 } });
  log.add(pass(9, both));
  t.match(find(log, 'timeout'), { cause: 'silent', rule: null }, 'a retransmission of both came through');

  const late = makeLog('DROP');
  late.add([...pass(1, SYN), ...pass(3, SYN_ACK), ...pass(5, DATA)]);
  late.add([meetPolicy(7, 'OUTPUT', 'accept', more), meet(8, 'INPUT', 0, 'drop', more), ...pass(9, both), ...pass(11, third)]);
  t.match(find(late, 'timeout'), { cause: 'silent', rule: null }, 'the second part came through with the first');

  const rejected = makeLog('REJECT');
  rejected.add([...pass(1, SYN), ...pass(3, SYN_ACK), ...lost, ...pass(7, more), ...pass(9, RST)]);
  t.match(find(rejected, 'reset'), { cause: 'rejected', rule: { entry: 0 }, icmp: 'tcp-reset' });

  const answered = makeLog('DROP');
  answered.add([...pass(1, SYN), ...pass(3, SYN_ACK), ...pass(5, DATA), meetPolicy(7, 'OUTPUT', 'accept', BANNER)]);
  answered.add([meet(8, 'INPUT', 0, 'drop', BANNER), ...pass(9, ECHO)]);
  t.match(find(answered, 'timeout'), { cause: 'answer-eaten', rule: { entry: 0 } }, 'what is behind the lost part is not read');
  answered.add(pass(11, BANNER));
  t.equal(find(answered, 'timeout').cause, 'unexplained');
  t.end();
});

t.test('a dropped request, and its retransmissions', async (t) => {
  const log = makeLog('DROP');
  log.add([meetPolicy(1, 'OUTPUT', 'accept', SYN), meet(2, 'INPUT', 0, 'drop', SYN)]);
  t.equal(isOver(log), true);
  t.equal(isOver(log, 'flow'), true);
  t.equal(isOver(log, 'moment'), false);
  t.equal(isOver(log, 'memory'), false);
  log.add([meetPolicy(1, 'OUTPUT', 'accept', SYN_AGAIN)]);
  t.equal(isOver(log), false, 'the second one is still on its way');
  log.add([meet(2, 'INPUT', 0, 'drop', SYN_AGAIN)]);
  t.equal(isOver(log), true);
  t.match(find(log, 'timeout'), { cause: 'dropped', rule: { entry: 0 } });
  t.equal(find(log, 'timeout').journey.length, 2);
});

t.test('a policy that drops has no rule', async (t) => {
  const log = makeLog();
  log.add([meetPolicy(1, 'OUTPUT', 'accept', SYN), meetPolicy(2, 'INPUT', 'drop', SYN)]);
  t.match(find(log, 'timeout'), { cause: 'dropped', rule: { entry: null, text: '-P INPUT DROP', isPolicy: true } });
});

t.test('an answered request: by a server, by nobody, by a server that breaks off', async (t) => {
  const served = makeLog('ACCEPT');
  served.add([meetPolicy(1, 'OUTPUT', 'accept', SYN), meet(2, 'INPUT', 0, 'accept', SYN), ...pass(3, SYN_ACK)]);
  t.match(find(served, 'connected'), { cause: 'service', rule: { entry: 0 }, icmp: null });

  const closed = makeLog();
  closed.add([...pass(1, SYN), ...pass(3, RST)]);
  t.match(find(closed, 'refused'), { cause: 'no-listener', rule: null, icmp: null });

  const broken = makeLog();
  broken.add([
    ...pass(1, SYN),
    ...pass(3, SYN_ACK),
    ...pass(5, DATA),
    ...pass(7, makeTcp({ from: SERVER, to: CLIENT, seq: 5001, flags: ['rst'] })),
  ]);
  t.match(find(broken, 'reset'), { cause: 'service' });
});

t.test('silence without an end in the rules, and what nothing explains', async (t) => {
  const log = makeLog();
  log.add(pass(1, SYN));
  t.match(find(log, 'timeout'), { cause: 'silent', rule: null });
  t.equal(isOver(log), false);
  t.match(find(log, 'refused'), { cause: 'unexplained', evidence: 'none' }, 'refused, but the trace shows no refusal');
  t.match(find(makeLog(), 'connected'), { cause: 'unexplained', evidence: 'none' });
  t.match(find(makeLog(), 'timeout'), { cause: 'unexplained', evidence: 'none' });
  t.match(find(makeLog(), 'unreachable'), { cause: 'local', evidence: 'trace' });
});

t.test('a banner does not answer data; an echo does', async (t) => {
  const log = makeLog('DROP');
  log.add([...pass(1, SYN), ...pass(3, SYN_ACK), ...pass(5, DATA), ...pass(7, BANNER)]);
  t.equal(find(log, 'timeout').cause, 'silent');
  log.add([meetPolicy(9, 'OUTPUT', 'accept', ECHO), meet(10, 'INPUT', 0, 'drop', ECHO)]);
  t.match(find(log, 'timeout'), { cause: 'answer-eaten', rule: { entry: 0 } });
});

t.test('the kernel uses ids again: headers replace what an id meant', async (t) => {
  const log = makeLog('DROP', 'ACCEPT');
  const other = { address: '127.0.0.1', port: 40001 };
  log.add([meet(5, 'INPUT', 0, 'drop', SYN), meet(5, 'INPUT', 1, 'accept', makeTcp({ from: other, to: SERVER, flags: ['syn'] }))]);
  t.equal(log.getPackets(CLIENT)[0]?.end?.verdict, 'drop');
  t.equal(log.getPackets(other)[0]?.end, null);
});

t.test('a SYN-ACK that is sent again is another packet, though it looks the same', async (t) => {
  const log = makeLog();
  log.add([...pass(1, SYN), ...pass(3, SYN_ACK), ...pass(3, SYN_ACK)]);
  t.equal(log.getPackets(CLIENT).length, 3);
});

t.test('sequence numbers wrap round', async (t) => {
  const log = makeLog();
  const late = makeTcp({ from: CLIENT, to: SERVER, seq: 0xffff_ffff, flags: ['syn'] });
  log.add([...pass(1, late), ...pass(3, makeTcp({ from: SERVER, to: CLIENT, ack: 0, flags: ['syn', 'ack'] }))]);
  t.equal(find(log, 'connected').cause, 'service');
});

t.test('legacy: the number tells the rule, its target the verdict, and a rule without conditions is called a policy', async (t) => {
  const log = makeLog('REJECT', 'ACCEPT');
  log.add([
    logLegacy('OUTPUT', 'policy', 0, 'output', SYN),
    logLegacy('INPUT', 'rule', 0, 'input', SYN),
    logLegacy('OUTPUT', 'policy', 0, 'output', ICMP),
    logLegacy('INPUT', 'policy', 1, 'input', ICMP),
  ]);
  const finding = find(log, 'refused');
  t.match(finding, { cause: 'rejected', icmp: 'port-unreachable', rule: { entry: 0 } });
  t.strictSame(
    finding.journey.map(({ steps }) => steps.map(({ hook, rule, verdict }) => `${hook} ${rule} ${verdict}`)),
    [
      ['output null accept', 'input 0 reject'],
      ['output null accept', 'input 1 accept'],
    ],
  );
});

t.test('a datagram: answered, refused by the stack, refused before it left', async (t) => {
  const datagram = makeUdp(CLIENT, SERVER, 'loopfw');
  const answered = makeLog();
  answered.add([...pass(1, datagram), ...pass(3, makeUdp(SERVER, CLIENT, 'loopfw'))]);
  t.match(find(answered, 'connected'), { cause: 'service' });

  const closed = makeLog();
  closed.add([...pass(1, datagram), ...pass(3, makeIcmpError(SERVER.address, CLIENT.address, 3, datagram))]);
  t.match(find(closed, 'refused'), { cause: 'no-listener', icmp: 'port-unreachable' });

  const denied = makeLog();
  denied.add([meetPolicy(1, 'OUTPUT', 'drop', datagram)]);
  t.match(find(denied, 'denied'), { cause: 'dropped', rule: { text: '-P OUTPUT DROP' } });
});

t.test('what a SYN is told of an earlier connection from its port is an answer where a rule ends it', async (t) => {
  const LATER = makeTcp({ from: CLIENT, to: SERVER, id: 31, seq: 9000, flags: ['syn'] });
  const CHALLENGE = makeTcp({ from: SERVER, to: CLIENT, id: 32, seq: 5001, ack: 1001, flags: ['ack'] });
  const eat = (id: number, headers: typeof SYN) => [meetPolicy(id, 'OUTPUT', 'accept', headers), meet(id + 1, 'INPUT', 0, 'drop', headers)];

  const challenged = makeLog('DROP');
  challenged.add([...pass(1, LATER), ...eat(3, CHALLENGE)]);
  t.match(find(challenged, 'timeout'), { cause: 'answer-eaten', rule: { entry: 0 } });
  t.equal(isOver(challenged), false, 'a challenge ACK is not the last word');

  const sentAgain = makeLog('DROP');
  sentAgain.add([...pass(1, LATER), ...eat(3, SYN_ACK)]);
  t.match(find(sentAgain, 'timeout'), { cause: 'answer-eaten', rule: { entry: 0 } });

  const heard = makeLog('DROP');
  heard.add([...pass(1, LATER), ...pass(3, CHALLENGE)]);
  t.match(find(heard, 'timeout'), { cause: 'unexplained', rule: null }, 'it came through, and settles nothing');
  heard.add([...pass(5, LATER), ...eat(7, makeTcp({ from: SERVER, to: CLIENT, seq: 7000, ack: 9001, flags: ['syn', 'ack'] }))]);
  t.match(find(heard, 'timeout'), { cause: 'answer-eaten', rule: { entry: 0 } }, 'nor does it stand for the answer that came later');

  const unanswered = makeLog('DROP');
  unanswered.add([...pass(1, SYN), ...eat(3, SYN_ACK), ...pass(5, LATER)]);
  t.match(find(unanswered, 'timeout'), { cause: 'answer-eaten', rule: { entry: 0 } }, 'the server waits for the answer to its SYN-ACK');

  const closed = makeLog('DROP');
  closed.add([...pass(1, SYN), ...pass(3, SYN_ACK), ...pass(5, LATER)]);
  t.match(find(closed, 'timeout'), { cause: 'silent', rule: null }, 'an earlier answer that came through eats nothing');
});

t.test('an echo is known by its identifier, wherever it comes from', async (t) => {
  const log = makeLog('DROP');
  const ping = (type: 0 | 8, from: string, to: string, identifier: number) => makeEcho(type, from, to, identifier);
  log.add([
    ...pass(1, ping(8, '127.0.0.1', '127.0.0.2', 1)),
    meet(3, 'INPUT', 0, 'drop', ping(0, '127.0.0.2', '127.0.0.9', 1)), // SNAT made it 127.0.0.9
    ...pass(4, ping(8, '127.0.0.2', '127.0.0.1', 2)),
    ...pass(6, ping(0, '127.0.0.1', '127.0.0.2', 2)),
  ]);
  const findEcho = (outcome: Outcome, address: string, identifier: number) => {
    const client = { address, identifier };
    return makeFinding(outcome, client, log.getPackets(client), 'trace');
  };
  t.match(findEcho('timeout', '127.0.0.1', 1), { cause: 'answer-eaten', rule: { entry: 0 }, journey: { length: 2 } });
  t.match(findEcho('connected', '127.0.0.2', 2), { cause: 'service', journey: { length: 2 } });
  t.strictSame(log.getPackets({ address: '127.0.0.1', port: 1 }), [], 'a port is no identifier');
});

t.test('an echo and its reply may have the same addresses', async (t) => {
  const log = makeLog();
  const client = { address: '127.0.0.1', identifier: 77 };
  log.add([...pass(1, makeEcho(8, '127.0.0.1', '127.0.0.1', 77)), ...pass(3, makeEcho(0, '127.0.0.1', '127.0.0.1', 77))]);
  const finding = makeFinding('connected', client, log.getPackets(client), 'trace');
  t.match(finding, { cause: 'service' });
  t.strictSame(
    finding.journey.map(({ packet }) => packet),
    ['icmp echo-request 127.0.0.1 → 127.0.0.1', 'icmp echo-reply 127.0.0.1 → 127.0.0.1'],
  );
});

t.test('a packet that DNAT rewrites on its way is one packet', async (t) => {
  const log = makeLog('ACCEPT');
  const inner = { address: '127.0.0.3', port: 8080 };
  log.add([
    meetPolicy(1, 'OUTPUT', 'accept', SYN),
    meet(2, 'INPUT', 0, 'accept', makeTcp({ from: CLIENT, to: inner, id: 11, flags: ['syn'] })),
    ...pass(3, makeTcp({ from: inner, to: CLIENT, seq: 5000, ack: 1001, flags: ['syn', 'ack'] })),
  ]);
  const finding = find(log, 'connected');
  t.match(finding, { cause: 'service', rule: { entry: 0 } });
  t.equal(finding.journey[0]?.packet, 'tcp syn 127.0.0.1:40000 → 127.0.0.2:80, rewritten to 127.0.0.1:40000 → 127.0.0.3:8080');
});

t.test('EACCES is unreachable where an ICMP error said it, and denied where the own stack did', async (t) => {
  const told = makeLog('REJECT');
  told.add([meetPolicy(1, 'OUTPUT', 'accept', SYN), ...pass(3, ICMP), meet(2, 'INPUT', 0, 'drop', SYN)]);
  const seen = { outcome: 'denied', errno: 'EACCES' } as const;
  t.equal(settleOutcome(seen, CLIENT, told.getPackets(CLIENT)), 'unreachable');
  t.equal(settleOutcome(seen, CLIENT, makeLog().getPackets(CLIENT)), 'denied');
});

t.test("a client's packets from one on, each once and in order, with the errors that answer what it sent before", async (t) => {
  const log = makeLog('ACCEPT');
  const inner = { address: '127.0.0.3', port: 8080 };
  log.add([
    meetPolicy(1, 'OUTPUT', 'accept', SYN),
    ...pass(3, SYN_AGAIN),
    // found to be the first one's only now, and by another address
    meet(2, 'INPUT', 0, 'accept', makeTcp({ from: CLIENT, to: inner, id: 11, flags: ['syn'] })),
    ...pass(5, ICMP),
  ]);
  const number = (endpoint: typeof CLIENT, since?: number) => log.getPackets(endpoint, since).map((packet) => packet.number);
  t.strictSame(number(CLIENT), [0, 1, 2]);
  t.strictSame(number(CLIENT, 1), [1, 2]);
  t.strictSame(number(CLIENT, 2), [2]);
  t.strictSame(number(CLIENT, 3), []);
  t.strictSame(number(SERVER), [0, 1, 2]);
  t.strictSame(number(inner), [0, 2]);
  t.strictSame(number({ address: CLIENT.address, port: 1 }), []);
});

t.test('packets that meet the same share the steps', async (t) => {
  const log = makeLog('DROP');
  log.add([meet(1, 'INPUT', 0, 'drop', SYN), meet(2, 'INPUT', 0, 'drop', SYN_AGAIN)]);
  const [first, second] = log.getPackets(CLIENT);
  t.strictSame(first?.steps, [{ hook: 'input', table: 'filter', chain: 'INPUT', rule: 0, verdict: 'drop' }]);
  t.equal(first?.steps[0], second?.steps[0]);
});

t.test('data may be sent again in other pieces, a SYN may not', async (t) => {
  const syn = makeLog('DROP');
  syn.add([meetPolicy(1, 'OUTPUT', 'accept', SYN), meet(2, 'INPUT', 0, 'drop', SYN)]);
  t.equal(isOver(syn, 'segment'), true);
  const data = makeLog('DROP');
  data.add([...pass(1, SYN), ...pass(3, SYN_ACK), meetPolicy(5, 'OUTPUT', 'accept', DATA), meet(6, 'INPUT', 0, 'drop', DATA)]);
  t.equal(isOver(data), true);
  t.equal(isOver(data, 'segment'), false);
});

t.test('a flow that was expected is so again once it was confirmed', async (t) => {
  const sent = makeLog('DROP');
  sent.add([meetPolicy(1, 'OUTPUT', 'drop', SYN)]);
  t.equal(isOver(sent), true);
  t.equal(isOver(sent, 'expected'), false);
  const arrived = makeLog('DROP');
  arrived.add([meetPolicy(1, 'OUTPUT', 'accept', SYN), meet(2, 'INPUT', 0, 'drop', SYN)]);
  t.equal(isOver(arrived, 'expected'), true);
});

t.test('an ACK that was dropped shows nothing', async (t) => {
  const log = makeLog('DROP');
  log.add([...pass(1, SYN), ...pass(3, SYN_ACK), meetPolicy(5, 'OUTPUT', 'accept', ACK), meet(6, 'INPUT', 0, 'drop', ACK)]);
  t.equal(isOver(log), false);
});

t.test('a program that has heard of the client may say more', async (t) => {
  const mayBeOver = (log: JourneyLog) => canReceiveNothingMore(getExchanges(CLIENT, log.getPackets(CLIENT)), () => [], true);
  const unheard = makeLog('DROP');
  unheard.add([meetPolicy(1, 'OUTPUT', 'accept', SYN), meet(2, 'INPUT', 0, 'drop', SYN)]);
  t.equal(mayBeOver(unheard), true);
  const eaten = makeLog('DROP');
  eaten.add([...pass(1, SYN), meetPolicy(3, 'OUTPUT', 'accept', RST), meet(4, 'INPUT', 0, 'drop', RST)]);
  t.equal(isOver(eaten), true);
  t.equal(mayBeOver(eaten), false);
  const connected = makeLog('DROP');
  connected.add([...pass(1, SYN), ...pass(3, SYN_ACK), meetPolicy(5, 'OUTPUT', 'accept', DATA), meet(6, 'INPUT', 0, 'drop', DATA)]);
  t.equal(mayBeOver(connected), false, 'it may speak unasked');
});
