import type { Passage, TracedPacket } from '../journey/packet.js';
import type { Exchange } from './conversation.js';

/** The index of lo in every network namespace. */
const LOOPBACK = 1;

/** A packet that no rule ended, and how far it came. The kernel is then asked for its route. */
export interface Way {
  packet: TracedPacket;
  of: 'request' | 'answer';
  /**
   * output: a rule in OUTPUT rewrote or marked it, and no chain behind OUTPUT saw it. arrived: it passed PREROUTING, and neither INPUT nor
   * FORWARD saw it. left: it passed POSTROUTING. delivered: it passed INPUT, and nothing answered it.
   */
  stage: 'output' | 'arrived' | 'left' | 'delivered';
}

/**
 * Finds the packet on which a missing answer depends: a request that routing can have ended, an answer to a request that was delivered, or a
 * request that was delivered and has no answer. null if a rule ended it, or if the trace does not show enough.
 */
export function findWay(exchanges: Exchange[]): Way | null {
  const { requests = [], answers = [] } = exchanges.at(-1) ?? {};
  const asked = requests.flatMap((packet) => toWays(packet, 'request'));
  const answered = answers.filter(({ headers }) => headers.icmp?.kind !== 'error').flatMap((packet) => toWays(packet, 'answer'));
  const isEnded = ({ stage }: Way) => stage !== 'left';
  const unanswered = answers.length === 0 ? requests.find(isDelivered) : undefined;
  const delivered: Way | null = unanswered === undefined ? null : { packet: unanswered, of: 'request', stage: 'delivered' };
  return asked.find(isEnded) ?? answered.find(isEnded) ?? answered[0] ?? asked[0] ?? delivered;
}

function isDelivered({ end, passed }: TracedPacket): boolean {
  return end === null && passed.some(({ hook }) => hook === 'input');
}

function toWays(packet: TracedPacket, of: Way['of']): Way[] {
  const stage = getStage(packet);
  return stage === null ? [] : [{ packet, of, stage }];
}

function getStage({ end, visited, passed, translation, mark }: TracedPacket): Way['stage'] | null {
  const seen = visited[0]?.station?.hook;
  const find = (hook: Passage['hook']) => passed.find((passage) => passage.hook === hook);
  const left = find('postrouting');
  if (end !== null || seen === 'input' || find('input') !== undefined) {
    return null;
  }
  if (seen === 'forward' || find('forward') !== undefined) {
    return left === undefined ? null : 'left';
  }
  if (seen === 'prerouting' || find('prerouting') !== undefined) {
    return find('prerouting') === undefined ? null : 'arrived';
  }
  if (left !== undefined) {
    return left.device === LOOPBACK ? null : 'left';
  }
  return seen === 'output' && (translation !== null || mark !== 0) ? 'output' : null;
}
