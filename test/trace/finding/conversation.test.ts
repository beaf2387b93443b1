// Which packets of a client ask something, which answer it, and when no more can be heard.
import t from 'tap';
import type { TraceEvent } from '../../../src/model/evidence.js';
import type { InstabilityKind } from '../../../src/model/plan.js';
import { getExchanges, canReceiveNothingMore } from '../../../src/trace/finding/conversation.js';
import { CLIENT, type Headers, makeIcmpError, makeLog, makeTcp, makeUdp, meet, meetPolicy, SERVER } from '../events.js';

const SYN = makeTcp({ from: CLIENT, to: SERVER, id: 11, flags: ['syn'] });
const SYN_AGAIN = makeTcp({ from: CLIENT, to: SERVER, id: 12, flags: ['syn'] });
const SYN_ACK = makeTcp({ from: SERVER, to: CLIENT, seq: 5000, ack: 1001, flags: ['syn', 'ack'] });
const ACK = makeTcp({ from: CLIENT, to: SERVER, id: 13, seq: 1001, ack: 5001, flags: ['ack'] });
const DATA = makeTcp({ from: CLIENT, to: SERVER, id: 14, seq: 1001, ack: 5001, flags: ['ack'], payload: 4 });
const ACK_OF_DATA = makeTcp({ from: SERVER, to: CLIENT, id: 21, seq: 5001, ack: 1005, flags: ['ack'] });
const ECHO = makeTcp({ from: SERVER, to: CLIENT, id: 22, seq: 5001, ack: 1005, flags: ['ack'], payload: 4 });
const RST = makeTcp({ from: SERVER, to: CLIENT, ack: 1001, flags: ['rst', 'ack'] });

/** Of packets that come in, and are dropped or not. */
const pass = (headers: Headers) => [meetPolicy(1, 'OUTPUT', 'accept', headers), meetPolicy(2, 'INPUT', 'accept', headers)];
const end = (headers: Headers) => [meetPolicy(3, 'OUTPUT', 'accept', headers), meet(4, 'INPUT', 0, 'drop', headers)];
const endAtOutput = (headers: Headers) => [meetPolicy(5, 'OUTPUT', 'drop', headers)];

function getConversation(...events: TraceEvent[][]) {
  const log = makeLog('DROP');
  log.add(events.flat());
  return getExchanges(CLIENT, log.getPackets(CLIENT));
}

/** How many requests, answers and strays each exchange has. */
const count = (...events: TraceEvent[][]) =>
  getConversation(...events).map(({ requests, answers, strays }) => [requests.length, answers.length, strays.length]);

const isOver = (instabilities: InstabilityKind[], ...events: TraceEvent[][]) =>
  canReceiveNothingMore(getConversation(...events), () => instabilities.map((kind) => ({ kind, isNat: false })));

t.test('a SYN and data ask; what is sent again asks the same; a datagram asks each time', async (t) => {
  t.strictSame(count(pass(SYN), pass(SYN_AGAIN)), [[2, 0, 0]]);
  t.strictSame(count(pass(SYN), pass(SYN_ACK), pass(ACK), pass(DATA), pass(ECHO)), [
    [1, 1, 0],
    [1, 1, 0],
  ]);
  const datagram = makeUdp(CLIENT, SERVER, 'x');
  t.strictSame(count(pass(datagram), pass(datagram)), [
    [1, 0, 0],
    [1, 0, 0],
  ]);
});

t.test('an ACK without data asks only where a rule ends it; a FIN and a RST never do', async (t) => {
  const handshake = [pass(SYN), pass(SYN_ACK)];
  const make = (...flags: ('ack' | 'fin' | 'rst')[]) => makeTcp({ from: CLIENT, to: SERVER, id: 15, seq: 1001, ack: 5001, flags });
  t.equal(count(...handshake, pass(ACK)).length, 1);
  t.equal(count(...handshake, end(ACK)).length, 2);
  t.equal(count(...handshake, end(make('fin', 'ack'))).length, 1);
  t.equal(count(...handshake, end(make('rst'))).length, 1);
});

t.test('an answer is told by both address and port', async (t) => {
  for (const server of [
    { address: '127.0.0.2', port: CLIENT.port },
    { address: CLIENT.address, port: 80 },
  ]) {
    const syn = makeTcp({ from: CLIENT, to: server, flags: ['syn'] });
    const answer = makeTcp({ from: server, to: CLIENT, ack: 1001, flags: ['syn', 'ack'] });
    t.strictSame(count(pass(syn), pass(answer)), [[1, 1, 0]], `${server.address}:${server.port}`);
  }
});

t.test('a TCP answer says something and acknowledges what was asked', async (t) => {
  const handshake = [pass(SYN), pass(SYN_ACK)];
  t.strictSame(count(...handshake, pass(DATA), pass(ACK_OF_DATA))[1], [1, 0, 0], 'an ACK alone says nothing');
  t.strictSame(count(...handshake, pass(DATA), pass(ECHO))[1], [1, 1, 0]);
  t.strictSame(count(...handshake, pass(DATA), pass(RST))[1], [1, 1, 0], 'a RST need not acknowledge it');
  const early = makeTcp({ from: SERVER, to: CLIENT, seq: 5000, ack: 1000, flags: ['syn', 'ack'] });
  t.strictSame(count(pass(SYN), pass(early)), [[1, 0, 1]], 'a SYN counts as a byte');
  const both = makeTcp({ from: SERVER, to: CLIENT, seq: 5000, flags: ['syn'] });
  t.strictSame(count(pass(SYN), pass(both)), [[1, 0, 0]], 'what acknowledges nothing speaks of no earlier connection');
});

t.test('an ICMP error answers the packet that it embeds', async (t) => {
  const [first, second] = [makeUdp(CLIENT, SERVER, 'x'), makeUdp(CLIENT, SERVER, 'longer')];
  const refuse = (embedded: Headers) => pass(makeIcmpError(SERVER.address, CLIENT.address, 3, embedded));
  const answers = (...events: TraceEvent[][]) => count(...events).map(([, answers]) => answers);
  t.strictSame(answers(pass(first), pass(second), refuse(first)), [1, 0]);
  t.strictSame(answers(pass(first), pass(second), refuse(second)), [0, 1]);
});

t.test('an ICMP redirect answers nothing: the packet that it embeds has gone on', async (t) => {
  const { network, transport } = makeIcmpError(SERVER.address, CLIENT.address, 1, SYN_AGAIN);
  const redirect = { network, transport: Uint8Array.of(5, ...transport.subarray(1)) };
  t.strictSame(count(pass(SYN), pass(SYN_AGAIN), pass(redirect)), [[2, 0, 0]]);
});

t.test('silence needs an end of every request, or of every answer', async (t) => {
  t.equal(isOver([], pass(SYN), end(SYN_ACK)), true);
  t.equal(isOver([], pass(SYN), end(SYN_ACK), pass(SYN_ACK)), false);
  t.equal(isOver([], end(SYN), pass(SYN_AGAIN)), false);
  t.equal(isOver([]), false, 'no packet');
  t.equal(isOver([], pass(SYN), pass(SYN_ACK), end(ACK), end(DATA)), true, 'an ACK and data of one sequence number');
});

t.test('instabilities about what is sent again do not concern datagrams', async (t) => {
  t.equal(isOver(['moment'], end(makeUdp(CLIENT, SERVER, 'x'))), true);
  t.equal(isOver(['moment'], end(SYN)), false);
});

t.test('instabilities that the packets settle', async (t) => {
  t.equal(isOver(['segment'], end(SYN)), true);
  t.equal(isOver(['segment'], pass(SYN), end(ECHO)), false, 'the answer has data');
  t.equal(isOver(['flow'], end(SYN)), true);
  t.equal(isOver(['flow'], pass(SYN), end(SYN_ACK)), false);
  t.equal(isOver(['expected'], end(SYN)), true);
  t.equal(isOver(['expected'], endAtOutput(SYN)), false);
  t.equal(isOver(['expected'], end(SYN), endAtOutput(SYN_AGAIN)), false);
  t.equal(isOver(['expected'], pass(SYN), end(SYN_ACK)), false);
});

t.test('a translation lasts from its confirmation to a RST', async (t) => {
  t.equal(isOver(['binding'], end(SYN)), true);
  t.equal(isOver(['binding'], endAtOutput(SYN)), false);
  t.equal(isOver(['binding'], end(SYN), endAtOutput(SYN_AGAIN)), false);
  t.equal(isOver(['binding'], pass(SYN), end(SYN_ACK)), true);
  t.equal(isOver(['binding'], pass(SYN), end(RST)), false);
  t.equal(isOver(['binding'], pass(SYN), end(SYN_ACK), end(RST)), false);
  t.equal(isOver(['binding'], end(makeUdp(CLIENT, SERVER, 'x'))), true);
});
