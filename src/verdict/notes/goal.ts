import type { Cause, Expectation, Outcome, ProbeResult } from '../../model/result.js';
import type { Subject } from './subject.js';
import type { Visit } from './visit.js';

/** What a rule should have done with a packet, and has not. */
export interface Goal {
  /** The targets that do it. */
  targets: string[];
  verb: 'accepted' | 'rejected' | 'dropped' | 'ended' | 'rewrote';
  subjects: Subject[];
  /** The table and hook in which the rule must be; null for any. */
  within: Visit | null;
}

/** What a scenario wants of the rules. */
type Wish = 'served' | 'rejected' | 'dropped' | 'ended';

const OF_CAUSE: Record<Cause, Wish | null> = {
  service: 'served',
  'no-listener': 'served',
  rejected: 'rejected',
  dropped: 'dropped',
  'answer-eaten': 'ended',
  silent: null,
  'not-routed': null,
  local: null,
  unexplained: null,
};

const OF_OUTCOME: Record<Outcome, Wish> = {
  connected: 'served',
  refused: 'rejected',
  unreachable: 'rejected',
  reset: 'rejected',
  timeout: 'dropped',
  denied: 'ended',
};

/** Causes without a rule that ended the packet. */
const PASSED: (Cause | null)[] = ['service', 'no-listener', 'silent'];

const REWRITING = ['DNAT', 'REDIRECT', 'NETMAP'];

/** What rules should have done, or for a probe that ended as expected, what would have made it end otherwise. */
export function findGoal({ expected, cause, status }: ProbeResult, subjects: Subject[]): Goal | null {
  const isAsExpected = status === 'passed';
  const wish = isAsExpected ? getOpposite(cause) : getWish(expected);
  const [request] = subjects;
  if (wish === null || request === undefined) {
    return null;
  }
  const ended = subjects.find(({ end, role }) => end !== undefined && (cause === 'answer-eaten') === (role !== 'request'));
  if (wish === 'served' || (wish === 'rejected' && cause === 'answer-eaten' && wasRejected(request))) {
    return PASSED.includes(cause) ? toRewrite(cause, expected, isAsExpected, request) : toAccept(ended);
  }
  const answer = subjects.find(({ role }) => role === 'answer');
  const touched = PASSED.includes(cause) ? [request, ...(answer === undefined ? [] : [answer])] : [request];
  switch (wish) {
    case 'rejected':
      return cause === 'rejected' ? null : { targets: ['REJECT'], verb: 'rejected', subjects: touched, within: null };
    case 'dropped':
      return cause === 'dropped' ? null : { targets: ['DROP'], verb: 'dropped', subjects: touched, within: null };
    case 'ended':
      return PASSED.includes(cause) ? { targets: ['REJECT', 'DROP'], verb: 'ended', subjects: touched, within: null } : null;
  }
}

function getWish({ cause, outcome, icmp, reply }: Expectation): Wish | null {
  if (cause !== undefined) {
    return OF_CAUSE[cause];
  }
  if (icmp !== undefined) {
    return 'rejected';
  }
  // With a reply alone, the client got another one: a rule may lead to another server.
  return outcome !== undefined ? OF_OUTCOME[outcome] : reply === undefined ? null : 'served';
}

function getOpposite(cause: Cause | null): Wish | null {
  return PASSED.includes(cause) ? 'ended' : cause === 'dropped' || cause === 'rejected' || cause === 'answer-eaten' ? 'served' : null;
}

function wasRejected({ packet }: Subject): boolean {
  return packet.steps.some(({ verdict }) => verdict === 'reject');
}

function toAccept(ended: Subject | undefined): Goal | null {
  const within = ended?.end;
  return ended === undefined || within === undefined ? null : { targets: ['ACCEPT'], verb: 'accepted', subjects: [ended], within };
}

/** A request that no rule ended came to the wrong place: a rule should have sent it elsewhere. */
function toRewrite(cause: Cause | null, { cause: wanted, reply }: Expectation, isAsExpected: boolean, request: Subject): Goal | null {
  const isMissed = !isAsExpected && wanted !== 'no-listener' && (cause !== 'service' || reply !== undefined);
  return isMissed && request.packet.rewrittenTo === null
    ? { targets: REWRITING, verb: 'rewrote', subjects: [request], within: null }
    : null;
}
