import { getAddressProblem } from './get-address-problem.js';
import { getViaProblem } from './get-via-problem.js';
import type { Network } from './network.js';
import type { Place } from './place.js';

/** Checks where a client or server stands: its address, and the interface that it is `via`. */
export function checkStand(place: Place, address: string, role: 'server' | 'client', network: Network): void {
  const at = place.member('via');
  const via = at.read<string>() ?? null;
  const problem = getAddressProblem(address, role, network, via);
  if (problem !== null) {
    place.member('address').complain(problem);
    return;
  }
  const viaProblem = via === null ? null : getViaProblem(via, address, network);
  if (viaProblem !== null) {
    at.complain(viaProblem);
  }
}
