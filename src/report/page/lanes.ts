import type { Packet, Place, ProbeResult, RuleResult } from '../../model/result.js';
import { type Hook, listStages, type Stage } from './stages.js';

/** The way of one packet in the drawing of a journey. */
export interface Lane {
  packet: Packet;
  /** How often it was sent: with the same addresses, the same way. */
  times: number;
  stages: Stage[];
  /** The column of its first stage. The columns of an answer go down from there. */
  column: number;
  /** A packet of another lane ended here, and this one was born of that: the stage's place in that lane. */
  bornAt: { lane: number; stage: number } | null;
  /** The rule that ended it has ended a packet of an earlier lane, too. */
  isSameRule: boolean;
}

const FORWARDED: Hook[] = ['prerouting', 'forward', 'postrouting'];
/** More lanes are no drawing any more. */
const MOST = 4;

type Places = Pick<ProbeResult, 'journey' | 'clientPlace' | 'serverPlace'>;

/**
 * The packets that tell the story: the first one, those that a rule or routing ended, the refusals born of these, and the first answer.
 */
export function listLanes({ journey, clientPlace, serverPlace }: Places, rules: RuleResult[]): Lane[] {
  const packets = gatherRepeats(journey);
  const shown = chooseStory(packets);
  const lanes = shown.map(({ packet, times }): Lane => {
    const stages = listStages(packet, getPath(packet, clientPlace, serverPlace), rules);
    return { packet, times, stages, column: 0, bornAt: null, isSameRule: false };
  });
  for (const [place, lane] of lanes.entries()) {
    const cause = lanes.slice(0, place).findIndex(({ packet }) => packet === getCause(lane.packet, journey, packets));
    const end = lanes[cause]?.stages.findIndex(({ end }) => end !== null) ?? -1;
    lane.bornAt = lane.packet.sender === 'firewall' && end !== -1 ? { lane: cause, stage: end } : null;
    lane.isSameRule = lanes.slice(0, place).some((other) => isSameEnd(other, lane));
  }
  return setColumns(lanes);
}

interface Gathered {
  packet: Packet;
  times: number;
  /** The places in the journey. */
  places: number[];
}

/** Merges retransmissions that met the same rules into their first packet. */
function gatherRepeats(journey: Packet[]): Gathered[] {
  const found = new Map<string, Gathered>();
  for (const [place, packet] of journey.entries()) {
    const key = JSON.stringify([packet.kind, packet.source, packet.destination, packet.fate, packet.steps]);
    const first = found.get(key);
    if (first === undefined) {
      found.set(key, { packet, times: 1, places: [place] });
    } else {
      first.times += 1;
      first.places.push(place);
    }
  }
  return [...found.values()];
}

function chooseStory(packets: Gathered[]): Gathered[] {
  const first = packets[0];
  const answer = packets.find(({ packet }) => packet.direction === 'answer');
  const isEnded = ({ packet: { fate } }: Gathered) => fate === 'ended' || fate === 'lost';
  const isRefusal = ({ packet }: Gathered) => packet.sender === 'firewall';
  const wanted = [...new Set([first, answer, ...packets.filter(isEnded), ...packets.filter(isRefusal)])].slice(0, MOST);
  return packets.filter((packet) => wanted.includes(packet));
}

/** The packet that this one answers, of those that were gathered. */
function getCause({ causedBy }: Packet, journey: Packet[], packets: Gathered[]): Packet | undefined {
  return causedBy === null || journey[causedBy] === undefined ? undefined : packets.find(({ places }) => places.includes(causedBy))?.packet;
}

/** The hooks from the sender to the receiver. After NAT nobody says where the receiver is, and the steps alone tell the way. */
function getPath({ direction, sender, steps, rewrittenTo }: Packet, clientPlace: Place | null, serverPlace: Place | null): Hook[] {
  const seen = steps.map(({ hook }) => hook);
  const path = seen.includes('forward')
    ? FORWARDED
    : rewrittenTo === null
      ? getPlannedPath(direction, sender, clientPlace, serverPlace)
      : [];
  return seen.every((hook) => path.includes(hook)) ? path : [];
}

function getPlannedPath(
  direction: Packet['direction'],
  sender: Packet['sender'],
  clientPlace: Place | null,
  serverPlace: Place | null,
): Hook[] {
  const from = sender === 'firewall' ? null : sender === 'client' ? clientPlace : serverPlace;
  const to = direction === 'request' ? serverPlace : clientPlace;
  if (from === null) {
    return to === null ? ['output', 'postrouting', 'prerouting', 'input'] : ['output', 'postrouting'];
  }
  return to === null ? ['prerouting', 'input'] : FORWARDED;
}

function isSameEnd(one: Lane, other: Lane): boolean {
  const [end, otherEnd] = [one, other].map(({ stages }) => stages.find((stage) => stage.end !== null)?.entries.at(-1));
  return end !== undefined && otherEnd !== undefined && end.rule !== null && end.rule === otherEnd.rule;
}

/** Requests begin at the left. An answer goes left: from below the stage where it was born, or from the server. */
function setColumns(lanes: Lane[]): Lane[] {
  const width = Math.max(0, ...lanes.map(({ stages }) => stages.length));
  const wish = ({ packet, bornAt, stages }: Lane) =>
    packet.direction === 'request' ? 0 : bornAt === null ? width - 1 : Math.max(bornAt.stage, stages.length - 1);
  // A request whose refusal has more stages begins further to the right, so that the arrow between the two is straight.
  const shift = (place: number) =>
    Math.max(0, ...lanes.map(({ bornAt, stages }) => (bornAt?.lane === place ? stages.length - 1 - bornAt.stage : 0)));
  return lanes.map((lane, place) => ({ ...lane, column: wish(lane) + (lane.packet.direction === 'request' ? shift(place) : 0) }));
}
