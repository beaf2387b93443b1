import { getWords, normalizeExpectation } from '../../../../input/schema/expectation.js';
import type { Outcome, ProbeResult } from '../../../../model/result.js';
import type { ExpectationInput, ExpectedWord } from '../../../../model/scenario-file.js';
import { quote } from '../../../../words/phrases.js';

export type Expect = ExpectedWord | ExpectationInput;

/** An expectation that the probe would have met, or why none is written. */
export type Seen = { expect: Expect } | { problem: string };

/** The longest reply that becomes an expectation. */
const MOST_REPLY = 200;
/** The outcomes that prove nothing of the rules if a probe has the same without them. */
const BLOCKED: Outcome[] = ['refused', 'unreachable', 'denied', 'timeout'];
const UNEXPLAINED = 'nothing in the evidence explains what was seen';

/**
 * The expectation that says what was seen, in as few words as the old one: a word for an outcome becomes another outcome, a word for a cause
 * another cause, and an object keeps its keys. Only a key for which nothing was seen is left out.
 */
export function toSeen(expect: Expect, probe: ProbeResult): Seen {
  return typeof expect === 'string' ? toWord(expect, probe) : toObject(expect, probe);
}

function toWord(word: ExpectedWord, probe: ProbeResult): Seen {
  const { outcome } = probe.observed ?? {};
  if (outcome === undefined) {
    return { problem: 'the client saw nothing' };
  }
  if (getWords('outcome').includes(word)) {
    return isBlockedAnyway(probe) ? toCause(probe, 'closed') : { expect: outcome };
  }
  return toCause(probe, word);
}

/** The word for the cause; that of a server which answered says no more than "connected". @param like "closed" asks for the same word where it fits */
function toCause({ cause, observed, evidence }: ProbeResult, like: ExpectedWord): Seen {
  if (cause === null || cause === 'unexplained' || evidence === 'none') {
    return { problem: UNEXPLAINED };
  }
  if (cause === 'service' && observed?.outcome === 'connected') {
    return { expect: 'connected' };
  }
  return { expect: like === 'closed' && cause === 'no-listener' && observed?.outcome === 'refused' ? 'closed' : cause };
}

/** Whether the client sees the same without the rules. An outcome alone would then be inconclusive. */
function isBlockedAnyway({ observed, control }: ProbeResult): boolean {
  return observed !== null && BLOCKED.includes(observed.outcome) && control?.outcome === observed.outcome;
}

function toObject(before: ExpectationInput, probe: ProbeResult): Seen {
  const { observed, rule, cause, evidence } = probe;
  if (observed === null) {
    return { problem: 'the client saw nothing' };
  }
  const problem = getTimeProblem(before, probe) ?? getReplyProblem(before, probe);
  if (problem !== null) {
    return { problem };
  }
  const asksForEvidence = before.cause !== undefined || before.rule !== undefined || before.icmp !== undefined;
  if (asksForEvidence && (evidence === 'none' || cause === null || cause === 'unexplained')) {
    return { problem: UNEXPLAINED };
  }
  const isSame = before.rule === rule?.index || before.rule === rule?.name;
  const decided = isSame ? before.rule : ((typeof before.rule === 'string' ? rule?.name : null) ?? rule?.index);
  const seen: ExpectationInput = {
    ...(before.outcome === undefined ? {} : { outcome: observed.outcome }),
    ...(before.cause === undefined || cause === null ? {} : { cause }),
    ...(before.rule === undefined || decided == null ? {} : { rule: decided }),
    ...(before.icmp === undefined || observed.icmp === null ? {} : { icmp: observed.icmp }),
    ...(before.reply === undefined || observed.reply === null ? {} : { reply: toReply(before.reply, observed.reply) }),
    ...(before.afterMs === undefined ? {} : { afterMs: before.afterMs }),
    ...(before.withinMs === undefined ? {} : { withinMs: before.withinMs }),
  };
  if (Object.keys(seen).length === 0) {
    return toCause(probe, 'dropped');
  }
  const saysWhy = seen.cause !== undefined || seen.rule !== undefined || seen.icmp !== undefined;
  if (seen.outcome === undefined || saysWhy || !isBlockedAnyway(probe)) {
    return { expect: seen };
  }
  return cause === null || cause === 'unexplained' || evidence === 'none' ? { problem: UNEXPLAINED } : { expect: { ...seen, cause } };
}

/** A measured time is another one in each run, so that it is never written. */
function getTimeProblem({ afterMs = 0, withinMs = Infinity }: ExpectationInput, { observed, timeoutMs }: ProbeResult): string | null {
  const elapsedMs = observed?.elapsedMs ?? timeoutMs;
  const key = elapsedMs < afterMs ? 'afterMs' : elapsedMs > withinMs ? 'withinMs' : null;
  return key === null ? null : `the time that it took (${elapsedMs} ms) does not fit its ${quote(key)}, and no measured time is written`;
}

function getReplyProblem({ reply }: ExpectationInput, { observed }: ProbeResult): string | null {
  const received = observed?.reply ?? '';
  return reply !== undefined && !received.includes(reply) && received.length > MOST_REPLY
    ? `the reply is longer than ${MOST_REPLY} characters: write the part of it that matters`
    : null;
}

function toReply(before: string, received: string): string {
  return received.includes(before) ? before : received;
}

/** Whether a probe connects that was expected to be blocked. */
export function isOpened(before: Expect, after: Expect): boolean {
  return connects(before) === false && connects(after) === true;
}

/** undefined: the expectation says neither. */
function connects(expect: Expect): boolean | undefined {
  const { outcome, cause } = normalizeExpectation(expect);
  return outcome === undefined ? cause && cause === 'service' : outcome === 'connected';
}
