import type { Expectation, ProbeResult, Status } from '../model/result.js';
import { getMark } from './paint.js';

/** From good to bad. */
const SEVERITY: Status[] = ['passed', 'inconclusive', 'failed', 'error'];

/**
 * What was observed in a cell of a truth table, in the words of the expectation. A server with several ports has several probes in one
 * cell.
 */
export function describeCell(probes: ProbeResult[]): { text: string; status: Status } {
  const status = SEVERITY[Math.max(0, ...probes.map((probe) => SEVERITY.indexOf(probe.status)))] ?? 'error';
  const worst = probes.filter((probe) => probe.status === status);
  const [probe] = worst;
  if (probe === undefined) {
    return { text: '', status };
  }
  const mark = status === 'passed' ? '' : `${getMark(status)} `;
  const expected = status === 'failed' ? ` (expected ${describeExpected(probe.expected)})` : '';
  return { text: `${mark}${describeObserved(probe)}${describeTimes(worst.length, probes.length)}${expected}`, status };
}

function describeTimes(times: number, all: number): string {
  return all === 1 ? '' : ` ×${times}${times === all ? '' : ` of ${all}`}`;
}

/** The cause, if the scenario expects one and the outcome is not wrong. Otherwise the outcome. */
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
