import type { Expectation, ProbeResult, Status } from '../model/result.js';
import { getMark } from './paint.js';

/** From bad to worse. */
const SEVERITY: Status[] = ['passed', 'inconclusive', 'failed', 'error'];

/** What was seen in a cell of a truth table, in the words in which it was asked; a server with several ports makes a cell of several probes. */
export function describeCell(probes: ProbeResult[]): { text: string; status: Status } {
  const status = SEVERITY[Math.max(0, ...probes.map((probe) => SEVERITY.indexOf(probe.status)))] ?? 'error';
  const worst = probes.filter((probe) => probe.status === status);
  const [probe] = worst;
  const seen = probe === undefined ? '' : describeObserved(probe);
  const times =
    worst.length === 1 && probes.length === 1
      ? ''
      : worst.length === probes.length
        ? ` ×${probes.length}`
        : ` ×${worst.length} of ${probes.length}`;
  if (probe === undefined || status === 'passed') {
    return { text: `${seen}${times}`, status };
  }
  return { text: `${getMark(status)} ${seen}${times} (expected ${describeExpected(probe.expected)})`, status };
}

/** Its cause where the cause was asked for and is what matters, else its outcome. */
function describeObserved({ expected, observed, cause }: ProbeResult): string {
  if (observed === null) {
    return 'error';
  }
  const isClosed = isClosedAsked(expected) && observed.outcome === 'refused' && cause === 'no-listener';
  const isCauseAsked = expected.cause !== undefined && (expected.outcome === undefined || expected.outcome === observed.outcome);
  return isClosed ? 'closed' : isCauseAsked ? (cause ?? observed.outcome) : observed.outcome;
}

function describeExpected(expected: Expectation): string {
  const { outcome, cause, rule, icmp, reply, afterMs, withinMs } = expected;
  if (isClosedAsked(expected)) {
    return 'closed';
  }
  const parts = [
    ...(outcome === undefined ? [] : [outcome]),
    ...(cause === undefined ? [] : [cause]),
    ...(rule === undefined ? [] : [`rule ${rule}`]),
    ...(icmp === undefined ? [] : [icmp]),
    ...(reply === undefined ? [] : ['a reply']),
    ...(afterMs === undefined ? [] : [`after ${afterMs} ms`]),
    ...(withinMs === undefined ? [] : [`within ${withinMs} ms`]),
  ];
  return parts.join(', ');
}

function isClosedAsked({ outcome, cause }: Expectation): boolean {
  return outcome === 'refused' && cause === 'no-listener';
}
