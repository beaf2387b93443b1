import type { Packet, PacketKind } from '../../model/result.js';
import type { KnownFate } from '../../predict/conversation/fate.js';
import type { Way } from '../../predict/conversation/way.js';
import { type AskedThen, findPath } from '../../predict/predict.js';
import type { Place } from '../../predict/rule/condition.js';
import { toProbe } from '../../predict/scenario.js';
import { isIcmpError, type Packet as PredictedPacket } from '../../predict/world/packet.js';
import type { Inquiry } from './inquiry.js';
import { isEnd } from './visit.js';

/** What the rules alone say of a packet that was seen. */
export interface PredictedWay {
  packet: PredictedPacket;
  /** The rules that were asked about it, in order. */
  asked: AskedThen[];
  /** Where it was before the first hook. */
  start: Place;
}

/** Packets of a journey, and what the rules alone say of them. */
export type KnownPath = ReadonlyMap<Packet, PredictedWay>;

const UNKNOWN: KnownPath = new Map();
/** As in predict(): the user of loopfw's own sockets is not known here. */
const OWN = { user: null, group: null };

/**
 * What the rules alone say of the packets of a probe, if they say what was observed: outcome, cause and deciding rule, and the rules that
 * the request and each packet that was ended have met. Otherwise empty.
 */
export function findKnownPath({ probe, result, rules, network, servers, isFlowUsed }: Inquiry): KnownPath {
  const [request] = listPackets(result.journey);
  const { observed, cause, rule } = result;
  if (request === undefined || observed === null || isFlowUsed) {
    return UNKNOWN;
  }
  const port = Number(/:(\d+)$/.exec(request.source)?.[1]);
  const asked = toProbe({ ...probe, from: result.from, clientPort: Number.isNaN(port) ? probe.clientPort : port }, servers, OWN);
  if (typeof asked === 'string') {
    return UNKNOWN;
  }
  const isFresh = probe.index === 0;
  const needed = [request, ...result.journey.filter(({ steps }) => steps.some(({ verdict }) => isEnd(verdict)))];
  const isSameRule = (fate: KnownFate) =>
    fate.rule === null || rule === null
      ? fate.rule === rule
      : fate.rule.table === rule.table &&
        fate.rule.chain === rule.chain &&
        fate.rule.isPolicy === rule.isPolicy &&
        fate.rule.entry === rule.index;
  const path = findPath({ ruleSets: rules.read, network, probe: asked, isFresh, clock: null }, (fate) => {
    const isSame = fate.outcome === observed.outcome && fate.cause === cause && isSameRule(fate);
    return (
      isSame &&
      [...pairPackets(result.journey, fate.ways).keys()].filter((packet) => needed.includes(packet)).length === new Set(needed).size
    );
  });
  if (path === null) {
    return UNKNOWN;
  }
  const memory = { kept: null, seconds: 0, clock: null };
  const start = { hook: 'output', inInterface: asked.via ?? 'lo', outInterface: '', ports: null, network, client: asked, memory } as const;
  const pairs = [...pairPackets(result.journey, path.fate.ways)];
  return new Map(pairs.map(([seen, { packet }]) => [seen, { packet, asked: path.asked.get(packet) ?? [], start }]));
}

/** The packets of the conversation itself, whole ones. */
export function listPackets(journey: Packet[]): Packet[] {
  return journey.filter(({ kind, fragment }) => kind !== 'neighbour' && !fragment);
}

/** Which packet of a prediction is which of a journey. A packet that is sent again may stand for itself. */
function pairPackets(journey: Packet[], ways: Way[]): Map<Packet, Way> {
  const pairs = new Map<Packet, Way>();
  let next = 0;
  for (const packet of listPackets(journey)) {
    const isSame = (way: Way) => getKind(way.packet) === packet.kind && print(way.steps) === print(packet.steps);
    const later = ways.findIndex((way, place) => place >= next && isSame(way));
    const way = ways[later] ?? ways.find(isSame);
    if (way !== undefined) {
      pairs.set(packet, way);
      next = later === -1 ? next : later + 1;
    }
  }
  return pairs;
}

/** The rules among the steps, up to the one that ended the packet. */
function print(steps: Packet['steps']): string {
  const end = steps.findIndex(({ verdict }) => isEnd(verdict));
  const own = (end === -1 ? steps : steps.slice(0, end + 1)).filter(({ rule }) => rule !== null);
  return own.map(({ hook, table, chain, rule, verdict }) => `${hook} ${table} ${chain} ${rule} ${verdict}`).join(', ');
}

function getKind(packet: PredictedPacket): PacketKind {
  const { content, payload, family } = packet;
  switch (content.kind) {
    case 'tcp': {
      const has = (flag: (typeof content.flags)[number]) => content.flags.includes(flag);
      return has('RST') ? 'rst' : has('SYN') ? (has('ACK') ? 'syn-ack' : 'syn') : has('FIN') ? 'fin' : payload === '' ? 'ack' : 'data';
    }
    case 'udp':
      return 'udp';
    case 'icmp':
      return isIcmpError(packet) ? 'icmp-error' : content.type === (family === 'ipv4' ? 8 : 128) ? 'echo' : 'echo-reply';
  }
}
