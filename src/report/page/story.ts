import type { ProbeResult } from '../../model/result.js';
import type { Lane } from './lanes.js';
import type { Entry } from './stages.js';
import { showMs } from './words.js';

/** What the client saw, in a word or two, and how it learned of it. */
export function tellClient({ observed, decided, timeoutMs }: ProbeResult): { word: string; detail: string } {
  if (observed === null) {
    return { word: 'nothing', detail: 'it did not run' };
  }
  const { outcome, errno, elapsedMs } = observed;
  const after = elapsedMs === null ? [] : [`after ${showMs(elapsedMs)}`];
  if (outcome === 'timeout') {
    return { word: 'silence', detail: decided === 'proved' ? `it would wait ${showMs(timeoutMs)} for nothing` : after.join('') };
  }
  return { word: `“${outcome}”`, detail: [...(errno === null ? [] : [errno]), ...after].join(', ') };
}

/** What the server got of it. isMissed: no request came to it. */
export function tellServer({ journey, cause, observed }: ProbeResult): { text: string; isMissed: boolean } {
  const requests = journey.filter(({ direction }) => direction === 'request');
  if (requests.length === 0) {
    return { text: 'got no packet', isMissed: true };
  }
  const hasArrived = requests.some(({ fate }) => fate === 'arrived');
  if (!hasArrived) {
    const isKnown = requests.every(({ fate }) => fate !== 'unknown');
    return { text: isKnown ? 'never got the request' : 'may not have got the request', isMissed: isKnown };
  }
  if (journey.some(({ direction, sender }) => direction === 'answer' && sender === 'server')) {
    return {
      text: cause === 'no-listener' ? 'said that nothing listens' : observed?.outcome === 'connected' ? 'answered' : 'answered, in vain',
      isMissed: false,
    };
  }
  return { text: 'got the request', isMissed: false };
}

/** The title of a packet's lane, and what became of the packet. */
export function tellLane({ packet }: Lane): { title: string; end: string } {
  const { direction, kind, fate } = packet;
  const isRefusal = kind === 'icmp-error' || kind === 'rst';
  const title = direction === 'request' ? (kind === 'data' ? 'Data' : 'Request') : isRefusal ? 'Answer: a refusal' : 'Answer';
  const ends = {
    arrived: 'arrived',
    ended: direction === 'request' ? 'ended here' : 'never came back',
    lost: direction === 'request' ? 'routing ended it' : 'routing ended it on its way back',
    unknown: 'its end is not known',
  };
  return { title, end: ends[fate] };
}

/** What a rule or a policy did with the packet: `DROP`, `accepts`, `policy accepts`, `matched, goes on`. */
export function tellEntry({ rule, verdict }: Entry): string {
  if (verdict === 'continue') {
    return 'matched, goes on';
  }
  const word = verdict === 'accept' ? 'accepts' : verdict.toUpperCase();
  return rule === null ? `policy ${word}` : word;
}

/** Where NAT sent the request instead of to the address that the client used; null if NAT did not. */
export function getRealServer({ journey, to }: ProbeResult): string | null {
  const request = journey.find(({ direction }) => direction === 'request');
  const destination = request?.rewrittenTo?.destination ?? null;
  return destination === to ? null : destination;
}
