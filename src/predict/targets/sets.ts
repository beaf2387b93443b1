import type { TargetModel } from '../rule/action.js';
import { hasOption } from '../rule/condition.js';

/** What it writes to a set is not followed: a match that asks such a set does not know. --map-set writes what an element has to the packet. */
export const set: TargetModel = (options) => () => (hasOption(options, '--map-set') ? { unknown: 'SET --map-set' } : 'continue');
