import type { Outcome, Status } from '../model/result.js';
import { printEndpoint } from '../words/addresses.js';
import type { Case } from './case.js';
import { isRationed } from './routing.js';
import { describeWhatHappened } from './what-happened.js';

/** The verdict on a probe and its reasons. */
export interface Judgement {
  status: Exclude<Status, 'error'>;
  /** Reasons why the probe has not passed, one phrase each. Empty if it has. */
  reasons: string[];
}

/** Outcomes that the rules must explain. `reset` is missing: it needs an established connection, so the control cannot have had it too. */
const BLOCKED: Outcome[] = ['refused', 'unreachable', 'denied', 'timeout'];

const MOST_QUOTED = 500;

const RATIONED =
  'the kernel rations its answers to packets without a route, five at once and then one a second for each client, and none was left for this one: let fewer such probes come from one client, or expect "not-routed"';

/**
 * Decides whether the observation meets the expectation. It never guesses: if the required evidence is missing or doubtful, the verdict is
 * inconclusive.
 */
export function judge(c: Case): Judgement {
  if (c.doubts.length > 0) {
    return { status: 'inconclusive', reasons: c.doubts };
  }
  const seen = getClientMismatches(c);
  if ((seen.length > 0 || c.expected.outcome === 'timeout') && isRationed(c)) {
    return { status: 'inconclusive', reasons: [RATIONED] };
  }
  if (seen.length > 0) {
    return { status: 'failed', reasons: seen };
  }
  const missing = getMissingEvidence(c);
  if (missing.length > 0) {
    return { status: 'inconclusive', reasons: missing };
  }
  const explained = getEvidenceMismatches(c);
  if (explained.length > 0) {
    return { status: 'failed', reasons: explained };
  }
  const lateness = getLateness(c);
  return lateness === null ? { status: 'passed', reasons: [] } : { status: 'inconclusive', reasons: [lateness.reason] };
}

/** Expectations that the client's own observation decides, without evidence. */
function getClientMismatches(c: Case): string[] {
  const { expected, observed } = c;
  const reasons: string[] = [];
  if (expected.outcome !== undefined && expected.outcome !== observed.outcome) {
    reasons.push(`expected ${expected.outcome}, observed ${observed.outcome}${describeWhatHappened(c)}`);
  }
  if (expected.reply !== undefined && !(observed.reply ?? '').includes(expected.reply)) {
    reasons.push(`expected a reply with ${quote(expected.reply)}, observed ${observed.reply === null ? 'none' : quote(observed.reply)}`);
  }
  const elapsedMs = getElapsedMs(c);
  // A delay can only make a client later. Without it, a client that is too early would have been earlier still.
  if (expected.afterMs !== undefined && elapsedMs < expected.afterMs) {
    reasons.push(`expected after ${expected.afterMs} ms at the earliest, observed after ${elapsedMs} ms`);
  }
  const lateness = getLateness(c);
  if (lateness !== null && !lateness.isExcused) {
    reasons.push(lateness.reason);
  }
  return reasons;
}

/** Quotes a text, or the beginning of a long one. */
function quote(text: string): string {
  return text.length <= MOST_QUOTED ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, MOST_QUOTED))}…`;
}

function getElapsedMs({ observed, timeoutMs }: Case): number {
  return observed.elapsedMs ?? timeoutMs;
}

/** Why the client was late; null if it was in time. isExcused: causes outside the client may have made it late. */
function getLateness(c: Case): { reason: string; isExcused: boolean } | null {
  const { withinMs = Infinity } = c.expected;
  const elapsedMs = getElapsedMs(c);
  if (elapsedMs <= withinMs) {
    return null;
  }
  const { messages = 0 } = c.delays ?? {};
  // The delays are measured from shortly before the client started, so they may be longer than its time.
  const [waitedMs, tracedMs] = [c.delays?.waitedMs ?? 0, c.delays?.tracedMs ?? 0].map((ms) => Math.min(ms, elapsedMs)) as [number, number];
  const lateMs = elapsedMs - withinMs;
  const late = `expected within ${withinMs} ms, observed after ${elapsedMs} ms`;
  if (lateMs > waitedMs + tracedMs) {
    return { reason: late, isExcused: false };
  }
  const trace =
    lateMs > waitedMs
      ? `, and to write ${messages} trace messages may have taken the kernel ${tracedMs} ms of it: allow more, or let packets match fewer rules`
      : ': run it again when the machine has less to do';
  return { reason: `${late}, of which its thread stood ready without a processor for up to ${waitedMs} ms${trace}`, isExcused: true };
}

function getMissingEvidence(c: Case): string[] {
  const { expected, observed, control, evidence } = c;
  const asksForEvidence = expected.cause !== undefined || expected.rule !== undefined || expected.icmp !== undefined;
  if (asksForEvidence && evidence === 'none') {
    return [`${observed.outcome} was observed, but nothing in the evidence explains it`];
  }
  const isBlockedAnyway = expected.outcome !== undefined && BLOCKED.includes(expected.outcome) && control?.outcome === expected.outcome;
  if (isBlockedAnyway && !asksForEvidence) {
    return [`${observed.outcome}${describeWhatHappened(c)} would be observed without the rules as well: ${writeMeant(c)}`];
  }
  return [];
}

/** What to write so that the rules decide: the cause, or a server that answers without them. */
function writeMeant({ cause, expected, observed, control, rule, protocol, to }: Case): string {
  if (cause === 'unexplained') {
    return 'expect the cause that is meant';
  }
  const isClosed = cause === 'no-listener' && observed.outcome === 'refused';
  const isWord = Object.keys(expected).length === 1;
  const expectation = isWord ? `"expect": "${isClosed ? 'closed' : cause}"` : `"cause": "${cause}" into its "expect"`;
  const isServerMissing = control?.outcome === 'refused' && rule !== null && !isClosed && protocol !== 'icmp';
  return `write ${expectation}${isServerMissing ? `, or add a server on ${printEndpoint(to.address, to.port)}` : ''}`;
}

/** Expectations that only the kernel's evidence can decide. */
function getEvidenceMismatches(c: Case): string[] {
  const { expected, observed, cause, rule } = c;
  const reasons: string[] = [];
  if (expected.cause !== undefined && expected.cause !== cause) {
    reasons.push(`expected the cause ${expected.cause}, observed ${observed.outcome}${describeWhatHappened(c)}`);
  }
  if (expected.rule !== undefined && expected.rule !== rule?.index && expected.rule !== rule?.name) {
    reasons.push(
      `expected rule ${expected.rule} to decide, ${rule === null ? 'no rule did' : `observed ${describeWhatHappened(c).trim()}`}`,
    );
  }
  if (expected.icmp !== undefined && expected.icmp !== observed.icmp) {
    reasons.push(`expected ${expected.icmp}, observed ${observed.icmp ?? 'no such answer'}`);
  }
  return reasons;
}
