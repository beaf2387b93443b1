import type { Control, Expectation, Observation, ProbeResult, Result } from '../../model/result.js';
import { nameDecider } from '../../words/rule-name.js';

/** The heading of the page: `3 failed, 1 inconclusive of 4 probes`, `All 591 probes passed`. */
export function tellResult({ summary, scenarios, aborted }: Result): string {
  const { failed, errors, inconclusive, passed, probes } = summary;
  const counters = scenarios.flatMap((scenario) => scenario.counters).filter(({ status }) => status === 'failed').length;
  const problems = [
    ...(failed === 0 ? [] : [`${showCount(failed)} failed`]),
    ...(errors === 0 ? [] : [countThings(errors, 'error')]),
    ...(inconclusive === 0 ? [] : [`${showCount(inconclusive)} inconclusive`]),
  ];
  const others = [...(counters === 0 ? [] : [`${countThings(counters, 'counter')} failed`]), ...(aborted ? ['the run was aborted'] : [])];
  if (problems.length > 0) {
    return [`${problems.join(', ')} of ${countThings(probes, 'probe')}`, ...others].join('; ');
  }
  const all = probes === 1 ? '1 probe passed' : `${passed === probes ? 'All ' : ''}${showCount(passed)} probes passed`;
  return [all, ...others].join('; ');
}

/** What became of the packets, in one sentence. */
export function tellReason({ cause, rule, observed, explanation }: ProbeResult): string {
  const by = rule === null ? 'a rule' : nameDecider(rule);
  switch (cause) {
    case 'service':
      return observed?.outcome === 'connected'
        ? 'The request reached the server, and its answer came back.'
        : 'The server answered, and the connection ended later.';
    case 'no-listener':
      return 'No rule ended the request: nothing listens there.';
    case 'rejected':
      return observed?.outcome === 'timeout'
        ? `The request was rejected by ${by}, but the client did not take the answer for its end.`
        : `The request was rejected by ${by}, and the client was told.`;
    case 'dropped':
      return `The request was dropped by ${by}, so nobody answered.`;
    case 'answer-eaten':
      return `The answer was ended on its way back by ${by}.`;
    case 'silent':
      return 'No rule ended the request, and no answer came.';
    case 'not-routed':
      return 'No rule ended the packet: routing did.';
    case 'local':
      return 'The client’s own call failed, before any packet left.';
    case 'unexplained':
      return 'The evidence does not say why.';
    case null:
      return explanation;
  }
}

/** `refused, rejected, by rule 63, within 100 ms` */
export function tellExpected({ outcome, cause, rule, icmp, reply, afterMs, withinMs }: Expectation): string {
  return [
    ...(outcome === undefined ? [] : [outcome]),
    ...(cause === undefined ? [] : [cause]),
    ...(rule === undefined ? [] : [`by rule ${rule}`]),
    ...(icmp === undefined ? [] : [`by ${icmp}`]),
    ...(reply === undefined ? [] : [`a reply with “${reply}”`]),
    ...(afterMs === undefined ? [] : [`after ${afterMs} ms or more`]),
    ...(withinMs === undefined ? [] : [`within ${withinMs} ms`]),
  ].join(', ');
}

/** `timeout, answer-eaten`. The cause is left out where it only repeats the outcome. */
export function tellObserved({ observed, cause }: Pick<ProbeResult, 'observed' | 'cause'>): string {
  if (observed === null) {
    return 'nothing';
  }
  const hasCause = cause !== null && cause !== 'service' && cause !== 'unexplained';
  return hasCause ? `${observed.outcome}, ${cause}` : observed.outcome;
}

/** How the client learned of it: `ECONNREFUSED, after 1.52 ms`, `proved from the kernel’s evidence, not waited for`. */
export function tellHow({ errno, elapsedMs }: Observation, decided: ProbeResult['decided']): string {
  const parts = [
    ...(errno === null ? [] : [errno]),
    ...(elapsedMs === null ? [] : [`after ${showMs(elapsedMs)}`]),
    ...(decided === 'proved' ? ['proved from the kernel’s evidence, not waited for'] : []),
  ];
  return parts.join(', ');
}

/** What the control says about the part of the rules. */
export function tellControl(control: Control | null): string {
  return control === null ? 'not tried: the probe uses a connection of another one' : 'the same probe, before the rules went in';
}

/** Three digits that matter, and a space at which no line breaks: `0.069 ms`, `15 ms`, `2.50 s`. */
export function showMs(milliseconds: number): string {
  if (milliseconds >= 1000) {
    return `${(milliseconds / 1000).toFixed(2)}\u00a0s`;
  }
  return `${milliseconds >= 100 ? Math.round(milliseconds) : Number(milliseconds.toPrecision(milliseconds < 1 ? 2 : 3))}\u00a0ms`;
}

/** `10,036` */
export function showCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 probe`, `10,036 probes` */
export function countThings(count: number, noun: string): string {
  return `${showCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
