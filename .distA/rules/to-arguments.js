/** The arguments of a rule, without its command, in the order of iptables-save. */
export function toArguments(rule) {
    return [
        ...withValue('-s', rule.source),
        ...withValue('-d', rule.destination),
        ...withValue('-i', rule.inInterface),
        ...withValue('-o', rule.outInterface),
        ...withValue('-p', rule.protocol),
        ...rule.matches.flatMap(({ name, options }) => ['-m', name, ...options.flatMap(fromOption)]),
        ...(rule.target === null ? [] : [rule.target.how === 'goto' ? '-g' : '-j', rule.target.name]),
        ...(rule.target?.options ?? []).flatMap(fromOption),
    ];
}
function withValue(flag, given) {
    if (given === null) {
        return [];
    }
    return given.negated ? ['!', flag, given.value] : [flag, given.value];
}
function fromOption({ flag, negated, values }) {
    return [...(negated ? ['!'] : []), flag, ...values];
}
