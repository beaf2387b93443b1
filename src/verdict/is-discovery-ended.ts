import type { Case } from '../model/case.js';

/** Whether what a rule ended was IPv6's question for a neighbour, or the answer to it. */
export function isDiscoveryEnded(journey: Case['journey']): boolean {
  return journey.some(({ kind, steps }) => kind === 'neighbour' && steps.some(({ verdict }) => verdict === 'drop' || verdict === 'reject'));
}
