import { quote } from './describe-value.js';
import { getMember, getMembers, getSound } from './place.js';
/** Reads a scenario's `hosts`; null where they cannot even be named. */
export function resolveHosts(scenario, clients, problems) {
    const place = getMember(scenario, 'hosts');
    if (problems.isWrong(place.pointer)) {
        return null;
    }
    for (const [name, member] of getMembers(place)) {
        const problem = getNameProblem(name, clients);
        if (problem !== null) {
            problems.add(member.pointer, problem, 'key');
        }
    }
    return new Map(getMembers(place).map(([name, member]) => [name, getSound(member, problems) ?? null]));
}
/** A server may have a host's name: where one can stand, the other cannot. */
function getNameProblem(name, clients) {
    if (/^[\d.]+$/.test(name)) {
        return `expected a name, found ${quote(name)}, which looks like an address`;
    }
    return clients?.has(name) ? `host name ${quote(name)} is taken: a client has it` : null;
}
