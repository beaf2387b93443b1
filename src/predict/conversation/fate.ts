import type { Cause, Outcome } from '../../model/result.js';
import type { Decider } from '../chains/walk.js';
import type { Way } from './way.js';

/** What becomes of a probe. */
export interface KnownFate {
  kind: 'known';
  /** What the client sees. */
  outcome: Outcome;
  cause: Cause;
  /** The rule or policy that ended the packet on which the outcome depends; for an answered request, the last rule that accepted it. */
  rule: Decider | null;
  /** The packets, in the order in which they were sent. */
  ways: Way[];
  /** What is not known, and does not change the fate. It may change what a packet meets on its way. */
  guessed: string[];
}

/** Something on which the fate depends is not modelled or not known. */
export interface UnknownFate {
  kind: 'unknown';
  /** What is not known. */
  why: string[];
}

export type Fate = KnownFate | UnknownFate;

export function isSameFate(one: Fate, other: Fate): boolean {
  return one.kind === 'known' && other.kind === 'known' && getSummary(one) === getSummary(other);
}

function getSummary({ outcome, cause, rule }: KnownFate): string {
  return JSON.stringify([outcome, cause, rule]);
}
