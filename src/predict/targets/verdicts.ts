import type { TargetModel, Verdict } from '../rule/action.js';
import { getValue } from '../rule/condition.js';

const always =
  (verdict: Verdict): TargetModel =>
  () =>
  () =>
    verdict;

export const accept = always('accept');
export const drop = always('drop');
export const returnTarget = always('return');
/** A target that nothing later in the rules can see. */
export const harmless = always('continue');

export const reject: TargetModel = (options) => {
  const verdict = { reject: getValue(options, '--reject-with') };
  return () => verdict;
};
