import { getAddressProblem } from './get-address-problem.js';
import { getViaProblem } from './get-via-problem.js';
import type { Network } from './network.js';
import { getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';

/** Checks where a client or server stands: its address, and the interface that it is `via`. */
export function checkStand(place: Place, address: string, role: 'server' | 'client', network: Network, problems: ProblemList): void {
  const at = getMember(place, 'via');
  const via = getSound<string>(at, problems) ?? null;
  const problem = getAddressProblem(address, role, network, via);
  if (problem !== null) {
    problems.add(getMember(place, 'address').pointer, problem);
    return;
  }
  const viaProblem = via === null ? null : getViaProblem(via, address, network);
  if (viaProblem !== null) {
    problems.add(at.pointer, viaProblem);
  }
}
