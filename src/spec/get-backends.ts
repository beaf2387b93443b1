import type { Backend } from '../model/result.js';
import { getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';

/** The back ends that a scenario runs on: nft unless it says otherwise. */
export function getBackends(scenario: Place, problems: ProblemList): Backend[] {
  return [getSound<Backend | Backend[]>(getMember(scenario, 'backend'), problems) ?? 'nft'].flat();
}
