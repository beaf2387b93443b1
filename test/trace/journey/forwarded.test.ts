// Packets that come in by one interface and go out by another, that NAT rewrites there, and the answers to them.
import t from 'tap';
import type { TraceEvent } from '../../../src/model/evidence.js';
import type { Outcome } from '../../../src/model/result.js';
import { getExchanges, canReceiveNothingMore } from '../../../src/trace/finding/conversation.js';
import { makeFinding } from '../../../src/trace/finding/finding.js';
import type { JourneyLog } from '../../../src/trace/journey/log.js';
import { type Headers, logLegacy, makeFragment, makeIcmpError, makeLog, makeTcp, makeUdp, meet, meetPolicy } from '../events.js';

const CLIENT = { address: '192.0.2.9', port: 40000 };
const SERVER = { address: '198.51.100.7', port: 80 };
const WORLD = { address: '198.51.100.1', port: 40000 };

/** As it is with this time to live, and a checksum that is right. */
function withTtl({ network, transport }: Headers, ttl: number): Headers {
  const header = Buffer.from(network);
  header.writeUInt8(ttl, 8);
  header.writeUInt16BE(0, 10);
  let sum = 0;
  for (let offset = 0; offset < header.length; offset += 2) {
    sum += header.readUInt16BE(offset);
  }
  header.writeUInt16BE(~((sum & 0xffff) + (sum >>> 16)) & 0xffff, 10);
  return { network: header, transport };
}

const comesIn = (id: number, headers: Headers): TraceEvent => ({ ...meetPolicy(id, 'PREROUTING', 'accept', headers), table: 'raw' });
const goesOut = (id: number, headers: Headers): TraceEvent => ({ ...meetPolicy(id, 'POSTROUTING', 'accept', headers), table: 'nat' });
const isForwarded = (id: number, headers: Headers): TraceEvent => meetPolicy(id, 'FORWARD', 'accept', headers);
/** In with a time to live of 64, on with 63. */
const passes = (id: number, headers: Headers): TraceEvent[] => [
  comesIn(id, withTtl(headers, 64)),
  isForwarded(id + 1, withTtl(headers, 63)),
  goesOut(id + 2, withTtl(headers, 63)),
];
const find = (log: JourneyLog, outcome: Outcome, client = CLIENT) => makeFinding(outcome, client, log.getPackets(client), 'trace');
const show = (log: JourneyLog, outcome: Outcome) =>
  find(log, outcome).journey.map(({ packet, steps }) => `${packet}: ${steps.map(({ hook }) => hook).join(' ')}`);

const SYN = makeTcp({ from: CLIENT, to: SERVER, id: 11, flags: ['syn'] });
const SYN_ACK = makeTcp({ from: SERVER, to: CLIENT, seq: 5000, ack: 1001, flags: ['syn', 'ack'] });

t.test('a packet that is forwarded is one packet, though its time to live has changed', async (t) => {
  const log = makeLog();
  log.add([...passes(1, SYN), ...passes(4, SYN_ACK)]);
  t.strictSame(show(log, 'connected'), [
    'tcp syn 192.0.2.9:40000 → 198.51.100.7:80: prerouting forward postrouting',
    'tcp syn-ack 198.51.100.7:80 → 192.0.2.9:40000: prerouting forward postrouting',
  ]);
  t.equal(find(log, 'connected').cause, 'service');
});

t.test('a SYN-ACK that is sent again is another packet, be it the same to the byte', async (t) => {
  const log = makeLog();
  log.add([...passes(1, SYN), ...passes(4, SYN_ACK), ...passes(4, SYN_ACK)]);
  t.equal(log.size, 3);
});

t.test('on its way out by an interface a packet of the world itself passes postrouting before anything comes in', async (t) => {
  const log = makeLog();
  const own = makeTcp({ from: WORLD, to: SERVER, id: 12, flags: ['syn'] });
  const answer = makeTcp({ from: SERVER, to: WORLD, seq: 5000, ack: 1001, flags: ['syn', 'ack'] });
  log.add([meetPolicy(1, 'OUTPUT', 'accept', own), goesOut(2, own), comesIn(3, answer), meetPolicy(4, 'INPUT', 'accept', answer)]);
  t.strictSame(
    find(log, 'connected', WORLD).journey.map(({ steps }) => steps.map(({ hook }) => hook)),
    [
      ['output', 'postrouting'],
      ['prerouting', 'input'],
    ],
  );
});

t.test('an ICMP error embeds a packet as it was when it was forwarded', async (t) => {
  const log = makeLog();
  const error = makeIcmpError('192.0.2.1', CLIENT.address, 13, withTtl(SYN, 63));
  log.add([comesIn(1, withTtl(SYN, 64)), meetPolicy(3, 'OUTPUT', 'accept', error), meetPolicy(2, 'FORWARD', 'drop', withTtl(SYN, 63))]);
  t.match(find(log, 'timeout'), { cause: 'dropped', rule: { chain: 'FORWARD', text: '-P FORWARD DROP' } });
  t.equal(find(log, 'unreachable').journey.length, 2, 'the error is found, though the checksum of what it embeds is not the first one');

  const unforwarded = makeLog();
  unforwarded.add([comesIn(1, withTtl(SYN, 64)), comesIn(4, makeIcmpError(SERVER.address, CLIENT.address, 3, withTtl(SYN, 63)))]);
  t.match(find(unforwarded, 'refused'), { cause: 'no-listener', icmp: 'port-unreachable' }, 'nor does any hook need to show it so');
});

t.test('what SNAT sends on is answered at another address, and the answer is rewritten on its way back', async (t) => {
  const log = makeLog();
  const seen = makeTcp({ from: SERVER, to: WORLD, seq: 5000, ack: 1001, flags: ['syn', 'ack'] });
  log.add([...passes(1, SYN), comesIn(4, withTtl(seen, 64)), isForwarded(5, withTtl(SYN_ACK, 63))]);
  t.strictSame(show(log, 'connected'), [
    'tcp syn 192.0.2.9:40000 → 198.51.100.7:80: prerouting forward postrouting',
    'tcp syn-ack 198.51.100.7:80 → 198.51.100.1:40000, rewritten to 198.51.100.7:80 → 192.0.2.9:40000: prerouting forward',
  ]);
  t.equal(find(log, 'connected').cause, 'service');
  log.add([]);
  t.equal(
    canReceiveNothingMore(getExchanges(CLIENT, log.getPackets(CLIENT)), () => []),
    false,
  );
});

t.test('an ICMP error to what SNAT sent on is one packet, and answers it', async (t) => {
  const log = makeLog();
  const [asked, sentOn] = [makeUdp(CLIENT, SERVER, 'question'), makeUdp(WORLD, SERVER, 'question')];
  const seen = makeIcmpError(SERVER.address, WORLD.address, 3, withTtl(sentOn, 63));
  const passedOn = makeIcmpError(SERVER.address, CLIENT.address, 3, withTtl(asked, 63));
  log.add([...passes(1, asked), comesIn(4, seen), isForwarded(5, passedOn)]);
  t.match(find(log, 'refused'), { cause: 'no-listener', icmp: 'port-unreachable' });
  t.strictSame(show(log, 'refused'), [
    'udp (8 bytes) 192.0.2.9:40000 → 198.51.100.7:80: prerouting forward postrouting',
    'icmp port-unreachable 198.51.100.7 → 198.51.100.1, rewritten to 198.51.100.7 → 192.0.2.9: prerouting forward',
  ]);
});

t.test('what DNAT sends elsewhere is one packet, and an answer that FORWARD ends is eaten', async (t) => {
  const log = makeLog();
  const asked = makeTcp({ from: CLIENT, to: { address: '192.0.2.1', port: 8080 }, id: 13, flags: ['syn'] });
  const sentOn = makeTcp({ from: CLIENT, to: SERVER, id: 13, flags: ['syn'] });
  log.add([
    comesIn(1, withTtl(asked, 64)),
    isForwarded(2, withTtl(sentOn, 63)),
    comesIn(3, withTtl(SYN_ACK, 64)),
    meetPolicy(4, 'FORWARD', 'drop', withTtl(SYN_ACK, 63)),
  ]);
  const finding = find(log, 'timeout');
  t.match(finding, { cause: 'answer-eaten', rule: { chain: 'FORWARD' } });
  t.equal(finding.journey[0]?.packet, 'tcp syn 192.0.2.9:40000 → 192.0.2.1:8080, rewritten to 192.0.2.9:40000 → 198.51.100.7:80');
  t.equal(
    canReceiveNothingMore(getExchanges(CLIENT, log.getPackets(CLIENT)), () => []),
    true,
  );
});

t.test('the legacy trace says the same without ids', async (t) => {
  const log = makeLog();
  const at = (chain: string, hook: NonNullable<TraceEvent['hook']>, headers: Headers, table = 'filter'): TraceEvent => ({
    ...logLegacy(chain, 'policy', 1, hook, headers),
    table,
  });
  log.add([
    at('PREROUTING', 'prerouting', withTtl(SYN, 64), 'raw'),
    at('FORWARD', 'forward', withTtl(SYN, 63), 'mangle'),
    at('FORWARD', 'forward', withTtl(SYN, 63)),
    at('POSTROUTING', 'postrouting', withTtl(SYN, 63), 'nat'),
    at('PREROUTING', 'prerouting', withTtl(SYN_ACK, 64), 'raw'),
    at('FORWARD', 'forward', withTtl(SYN_ACK, 63)),
  ]);
  t.equal(log.size, 2);
  t.equal(find(log, 'connected').cause, 'service');
});

t.test('a reject in INPUT of what came in from outside', async (t) => {
  const log = makeLog('REJECT');
  const syn = makeTcp({ from: CLIENT, to: { address: '192.0.2.1', port: 80 }, id: 14, flags: ['syn'] });
  const error = makeIcmpError('192.0.2.1', CLIENT.address, 3, syn);
  log.add([comesIn(1, syn), meetPolicy(3, 'OUTPUT', 'accept', error), meet(2, 'INPUT', 0, 'drop', syn)]);
  t.match(find(log, 'refused'), { cause: 'rejected', rule: { entry: 0 }, icmp: 'port-unreachable' });
});

t.test('what ends one fragment ends the datagram, and what a later one carries is no header', async (t) => {
  const fragments = [0, 1480, 2960].map((offset) => makeFragment(CLIENT, SERVER, 15, offset, offset === 2960));
  const [first = SYN, second = SYN, third = SYN] = fragments;
  const log = makeLog();
  log.add([
    ...passes(1, first),
    ...passes(4, second),
    comesIn(7, withTtl(third, 64)),
    meetPolicy(8, 'FORWARD', 'drop', withTtl(third, 63)),
  ]);
  t.match(find(log, 'timeout'), { cause: 'dropped', rule: { chain: 'FORWARD' } });
  t.strictSame(show(log, 'timeout'), [
    'udp (1472 bytes, a fragment) 192.0.2.9:40000 → 198.51.100.7:80: prerouting forward postrouting forward',
  ]);
  t.equal(
    canReceiveNothingMore(getExchanges(CLIENT, log.getPackets(CLIENT)), () => []),
    true,
  );
  t.strictSame(log.getPackets({ address: CLIENT.address, port: 0x7a7a }), []);
});
