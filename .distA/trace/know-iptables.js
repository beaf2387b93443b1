import { getStation } from './hooks.js';
/**
 * What the plan says of the chains that iptables has made.
 * @param handles the kernel's names for the rules, where it has such: each chain's in their order, as the plan holds its lines in theirs
 */
export function knowIptables(firewalls, handles) {
    const names = new Map();
    for (const { family, table, chain, handle } of handles) {
        const key = `${family} ${table} ${chain}`;
        const own = names.get(key) ?? [];
        own.push(handle);
        names.set(key, own);
    }
    return firewalls
        .flatMap(({ chains }) => chains)
        .map((chain) => knowChain(chain, names.get(`${chain.family} ${chain.table} ${chain.name}`) ?? []));
}
function knowChain({ family, table, name, policy, lines }, handles) {
    return {
        kind: 'iptables',
        families: [family],
        ...{ table, name },
        isOwn: false,
        station: getStation(table, name),
        policy: policy && { verdict: policy.verdict === 'DROP' ? 'drop' : 'accept', entry: policy.entry },
        rules: lines.map(({ entry, text, rule: { target } }, place) => ({
            ...{ entry, text, target },
            handle: handles[place] ?? null,
            rejects: target?.name === 'REJECT',
        })),
    };
}
