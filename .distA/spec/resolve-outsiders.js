import { getMember } from './place.js';
/** Finds who stands outside, and those of them who are said to be at two places. */
export function resolveOutsiders(scenario, { servers, clients }, problems) {
    const outsiders = new Map();
    for (const [key, parties] of [
        ['servers', servers],
        ['clients', clients],
    ]) {
        for (const [name, party] of parties ?? []) {
            if (party === null || party.via === null) {
                continue;
            }
            const other = outsiders.get(party.address) ?? party.via;
            if (other !== party.via) {
                const place = getMember(getMember(scenario, key), name);
                problems.add(getMember(place, 'via').pointer, `${party.address} stands outside of ${other} already: it can be at one place`);
            }
            outsiders.set(party.address, other);
        }
    }
    return outsiders;
}
