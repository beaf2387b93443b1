import type { Backend } from '../model/result.js';
import type { Place } from './place.js';

/** The back ends that a scenario runs on: nft unless it says otherwise. */
export function getBackends(scenario: Place): Backend[] {
  return [scenario.member('backend').read<Backend | Backend[]>() ?? 'nft'].flat();
}
