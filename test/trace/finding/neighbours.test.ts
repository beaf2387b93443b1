// IPv6's neighbour discovery, which meets the rules before the packet that waits for it does.
import ipaddr from 'ipaddr.js';
import t from 'tap';
import type { TraceEvent } from '../../../src/model/evidence.js';
import type { Outcome } from '../../../src/model/result.js';
import { makeFinding } from '../../../src/trace/finding/finding.js';
import type { JourneyLog } from '../../../src/trace/journey/log.js';
import { type Headers, makeIpv6, makeLog, meetPolicy } from '../events.js';

const CLIENT = { address: '2001:db8:1::9', port: 40000 };
const SERVER = '2001:db8:1::1';
const TCP = 6;
const ICMPV6 = 58;
const SOLICITATION = 135;
const ADVERTISEMENT = 136;

function makeDiscovery(type: number, source: string, destination: string, target = SERVER): Headers {
  const transport = Buffer.alloc(20);
  transport.writeUInt8(type, 0);
  transport.set(ipaddr.parse(target).toByteArray().slice(0, 12), 8);
  return makeIpv6(source, destination, ICMPV6, transport);
}

function makeSyn(): Headers {
  const transport = Buffer.alloc(20);
  transport.writeUInt16BE(CLIENT.port, 0);
  transport.writeUInt16BE(80, 2);
  transport.writeUInt32BE(1000, 4);
  transport.writeUInt8(5 << 4, 12);
  transport.writeUInt8(2, 13);
  return makeIpv6(CLIENT.address, SERVER, TCP, transport);
}

const met = (id: number, chain: string, policy: 'accept' | 'drop', headers: Headers): TraceEvent => ({
  ...meetPolicy(id, chain, policy, headers),
  family: 'ipv6',
});
const find = (log: JourneyLog, outcome: Outcome) =>
  makeFinding(outcome, CLIENT, log.getPackets(CLIENT), 'trace', { server: SERVER, discovery: log.discovery });
const asked = makeDiscovery(SOLICITATION, CLIENT.address, 'ff02::1:ff00:1');

t.test('a question for a neighbour that a rule ends is the reason why nothing came', async (t) => {
  const log = makeLog();
  log.add([met(1, 'INPUT', 'drop', asked)]);
  for (const outcome of ['timeout', 'unreachable'] as const) {
    t.match(find(log, outcome), {
      cause: 'dropped',
      rule: { chain: 'INPUT', text: '-P INPUT DROP' },
      evidence: 'trace',
      journey: [{ packet: 'icmpv6 neighbour-solicitation 2001:db8:1::9 → ff02::1:ff00:1' }],
    });
  }
});

t.test('an answer that a rule ends is eaten; it is another packet than the question', async (t) => {
  const log = makeLog();
  log.add([
    met(1, 'OUTPUT', 'accept', makeSyn()),
    met(2, 'OUTPUT', 'accept', asked),
    met(3, 'INPUT', 'drop', makeDiscovery(ADVERTISEMENT, SERVER, CLIENT.address)),
  ]);
  const { cause, journey } = find(log, 'timeout');
  t.equal(cause, 'answer-eaten');
  t.strictSame(
    journey.map(({ packet }) => packet.split(' ')[1]),
    ['syn', 'neighbour-solicitation', 'neighbour-advertisement'],
  );
});

t.test("others' neighbours, and questions that were let through, explain nothing", async (t) => {
  const log = makeLog();
  log.add([
    met(1, 'OUTPUT', 'accept', makeSyn()),
    met(2, 'INPUT', 'drop', makeDiscovery(SOLICITATION, '2001:db8:1::66', 'ff02::1:ff00:77')),
    met(3, 'INPUT', 'accept', asked),
  ]);
  t.equal(find(log, 'timeout').cause, 'silent');
});

t.test('a question for another address with the same last 24 bits explains nothing', async (t) => {
  const log = makeLog();
  log.add([
    met(1, 'OUTPUT', 'accept', makeSyn()),
    met(2, 'INPUT', 'drop', makeDiscovery(SOLICITATION, 'fe80::7', 'ff02::1:ff00:1', '2001:db8:2::1')),
  ]);
  t.equal(find(log, 'timeout').cause, 'silent');
  log.add([met(3, 'INPUT', 'drop', makeDiscovery(SOLICITATION, 'fe80::7', 'ff02::1:ff00:1'))]);
  t.equal(find(log, 'timeout').cause, 'dropped');
});

t.test('what a rule did to the packet itself says more', async (t) => {
  const log = makeLog();
  log.add([met(1, 'INPUT', 'drop', asked), met(2, 'INPUT', 'drop', makeSyn())]);
  t.match(find(log, 'timeout'), { cause: 'dropped', journey: [{ packet: /^tcp syn/ }] });
});
