import { getAddressProblem } from './get-address-problem.js';
import { getViaProblem } from './get-via-problem.js';
import { getMember, getSound } from './place.js';
/** Checks where a client or server stands: its address, and the interface that it is `via`. */
export function checkStand(place, address, role, network, problems) {
    const at = getMember(place, 'via');
    const via = getSound(at, problems) ?? null;
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
