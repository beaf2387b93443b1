import type { ComparedFate, ComparedPacket } from '../../../model/insight/diff.js';
import type { ProbeResult, ScenarioResult } from '../../../model/result.js';
import { splitEndpoint } from '../../../words/addresses.js';

/** What the kernel showed of the only probe of a scenario; null if it showed nothing sure. */
export function readFate({ error, probes: [probe] }: ScenarioResult, packet: ComparedPacket): ComparedFate | null {
  if (error !== null || probe === undefined || probe.observed === null || probe.cause === 'unexplained' || probe.status !== 'passed') {
    return null;
  }
  const { observed, cause, rule } = probe;
  return { outcome: observed.outcome, cause, icmp: observed.icmp, rule, rewrittenTo: findRewritten(probe, packet) };
}

/** Where NAT has led the request. */
function findRewritten({ journey }: ProbeResult, packet: ComparedPacket): ComparedFate['rewrittenTo'] {
  const rewritten = journey?.find(({ direction }) => direction === 'request')?.rewrittenTo ?? null;
  if (rewritten === null) {
    return null;
  }
  const source = packet.port === null ? rewritten.source : splitEndpoint(rewritten.source).address;
  return { source, destination: rewritten.destination };
}

/** Whether clients of two families see the same. Their errors have names of their own, and NAT is often there for IPv4 alone. */
export function isSameForClient(one: ComparedFate, other: ComparedFate): boolean {
  return one.outcome === other.outcome && one.cause === other.cause;
}

/** Whether a client sees the same of both, and the packet goes the same way. */
export function isSameFate(one: ComparedFate, other: ComparedFate): boolean {
  const get = ({ outcome, cause, icmp, rewrittenTo }: ComparedFate) => JSON.stringify([outcome, cause, icmp, rewrittenTo]);
  return get(one) === get(other);
}
