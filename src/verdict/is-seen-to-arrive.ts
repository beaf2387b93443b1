import type { Case } from '../model/case.js';

const ARRIVED = ['prerouting', 'input', 'forward'];

/** Whether a chain after the way out (output, postrouting) has seen any packet of the probe. */
export function isSeenToArrive(journey: Case['journey']): boolean {
  return journey.some(({ steps }) => steps.some(({ hook }) => ARRIVED.includes(hook)));
}
