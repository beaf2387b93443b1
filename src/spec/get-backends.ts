import type { Backend } from '../model/result.js';
import type { Place } from './place.js';

/** The back ends of a scenario. The default is nft. */
export function getBackends(scenario: Place): Backend[] {
  return [scenario.member('backend').read<Backend | Backend[]>() ?? 'nft'].flat();
}
