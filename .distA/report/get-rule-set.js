/** The rules that a phase's probes met: its own, or those of the last phase before it that brought any. */
export function getRuleSet({ rules, probes }, phase) {
    const bringers = [...new Set(rules.map((rule) => rule.phase))];
    const earlier = getOrder(bringers, [...new Set(probes.map((probe) => probe.phase))]);
    const bringer = earlier.slice(0, earlier.indexOf(phase) + 1).findLast((name) => bringers.includes(name));
    return rules.filter((rule) => rule.phase === bringer);
}
/** All phases in their order. One that brings rules and has no probe stands as early as it can: without a probe behind it, it would be for nothing. */
function getOrder(bringers, probers) {
    const order = new Set();
    for (const name of bringers) {
        for (const before of probers.slice(0, probers.indexOf(name) + 1)) {
            order.add(before);
        }
        order.add(name);
    }
    return [...new Set([...order, ...probers])];
}
