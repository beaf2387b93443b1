/** The interfaces that rules name by -i or -o, "+" included, each with the first rule that does. */
export function collectInterfaces(rules) {
    const first = new Map();
    for (const rule of rules) {
        for (const { inInterface, outInterface } of rule.entries.flatMap((entry) => ('rules' in entry ? entry.rules : []))) {
            for (const name of [inInterface?.value, outInterface?.value]) {
                if (name !== undefined && !first.has(name)) {
                    first.set(name, rule);
                }
            }
        }
    }
    return first;
}
/** Whether -i or -o of this name can mean one of the interfaces. */
export function isNamed(name, interfaces) {
    return interfaces.some((own) => (name.endsWith('+') ? own.startsWith(name.slice(0, -1)) : own === name));
}
