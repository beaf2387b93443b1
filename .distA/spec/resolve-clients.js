import { checkStand } from './check-stand.js';
import { getAddressProblem } from './get-address-problem.js';
import { getMember, getMembers, getSound } from './place.js';
/** A client of which nothing but its address was said. */
export function makeClient(address) {
    return { address, port: null, via: null, blocking: false };
}
/** Reads a scenario's `clients`; null where they cannot even be named. */
export function resolveClients(scenario, network, problems) {
    const place = getMember(scenario, 'clients');
    if (problems.isWrong(place.pointer)) {
        return null;
    }
    return new Map(getMembers(place).map(([name, member]) => [name, readClient(member, network, problems)]));
}
function readClient(place, network, problems) {
    if (typeof place.value === 'string') {
        const address = getSound(place, problems);
        const problem = address === undefined ? null : getAddressProblem(address, 'client', network);
        if (problem !== null) {
            problems.add(place.pointer, problem);
        }
        return address === undefined || problem !== null ? null : makeClient(address);
    }
    const address = getSound(getMember(place, 'address'), problems);
    if (address !== undefined) {
        checkStand(place, address, 'client', network, problems);
    }
    const input = getSound(place, problems);
    return input === undefined
        ? null
        : { address: input.address, port: input.port ?? null, via: input.via ?? null, blocking: input.connect === 'blocking' };
}
