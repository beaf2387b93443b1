const FAMILIES = { ip: ['ipv4'], ip6: ['ipv6'], inet: ['ipv4', 'ipv6'] };
/** Where the kernel asks all chains of type nat of a hook, in the order of their own priorities (nf_nat_ipv4_ops in nf_nat_proto.c). */
const NAT_PRIORITIES = { prerouting: -100, output: -100, input: 100, postrouting: 100, forward: 0 };
/**
 * What nft's listing says of the chains of a native rule set.
 * @param ownTable loopfw's own
 */
export function knowNft({ chains }, ownTable) {
    return chains.map(({ family, table, name, base, rules }) => ({
        kind: 'nft',
        families: FAMILIES[family],
        ...{ table, name },
        isOwn: table === ownTable,
        station: base && { hook: base.hook, order: getOrder(base, chains) },
        policy: base && { verdict: base.policy, entry: null },
        rules: rules.map(({ handle, index, text, rejects }) => ({ handle, entry: index, text, rejects, target: null })),
    }));
}
/** How many chains of its hook come before it. */
function getOrder(base, chains) {
    return chains.filter((other) => other.base?.hook === base.hook && isBefore(other.base, base)).length;
}
function isBefore(one, other) {
    const [first, second] = [getAskedAt(one), getAskedAt(other)];
    return first === second && one.type === 'nat' && other.type === 'nat' ? one.priority < other.priority : first < second;
}
function getAskedAt({ type, hook, priority }) {
    return type === 'nat' ? NAT_PRIORITIES[hook] : priority;
}
