import type { Fate } from '../conversation/fate.js';
import { printAddress } from '../matches/shown.js';
import type { End, Ends } from '../world/packet.js';

/** What the evaluator says of a packet, as far as two rule sets are compared by it. */
export type Expected =
  { kind: 'unknown'; why: string } | { kind: 'known'; outcome: string; cause: string; decidedBy: string; reaches: string };

/**
 * What becomes of a probe. decidedBy: what tells two ways to the same outcome apart. reaches: its ends after NAT, without the ports that the
 * kernel chooses.
 */
export function toExpected(fate: Fate): Expected {
  if (fate.kind === 'unknown') {
    return { kind: 'unknown', why: fate.why[0] ?? '' };
  }
  const { outcome, cause, rule, ways } = fate;
  const request = ways[0]?.packet;
  const refusal = ways.map(({ end }) => end).find((end) => end.kind === 'rejected');
  const reaches = request === undefined ? '' : printReach(request);
  return { kind: 'known', outcome, cause, reaches, decidedBy: JSON.stringify([rule, refusal?.with]) };
}

/** Whether two rule sets treat a packet alike, as far as that is known, whatever rule decides. */
export function isAlike(one: Expected, other: Expected): boolean {
  return (
    one.kind === 'known' &&
    other.kind === 'known' &&
    one.outcome === other.outcome &&
    one.cause === other.cause &&
    one.reaches === other.reaches
  );
}

export function printReach({ source, destination }: Ends): string {
  return `${printAddress(source.address)} → ${printEnd(destination)}`;
}

function printEnd({ address, ports }: End): string {
  return ports === null ? printAddress(address) : `${printAddress(address)}:${ports[0]}`;
}
