import type { Case } from '../model/case.js';

const ARRIVED = ['prerouting', 'input', 'forward'];

/** Whether any of a probe's packets was seen by a chain behind those of its way out. */
export function isSeenToArrive(journey: Case['journey']): boolean {
  return journey.some(({ steps }) => steps.some(({ hook }) => ARRIVED.includes(hook)));
}
