import type { Case } from '../model/case.js';

/** Whether a rule ended a packet of IPv6 neighbour discovery. */
export function isDiscoveryEnded(journey: Case['journey']): boolean {
  return journey.some(({ kind, steps }) => kind === 'neighbour' && steps.some(({ verdict }) => verdict === 'drop' || verdict === 'reject'));
}
