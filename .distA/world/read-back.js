import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import { listRules } from '../kernel/list-rules.js';
/**
 * What the kernel holds of a family's rule set now, counters included.
 *
 * @param applied what it held when the rule set was applied. A rule that changes gets another handle: plain ones that still have theirs need
 * not be read by iptables-save, which takes as long as all the rest of a small scenario.
 */
export async function readBack(firewall, applied, commands) {
    if (firewall.backend === 'nft' && firewall.isPlain) {
        const rules = listRules(firewall.family);
        if (rules.length === applied.length && rules.every(({ handle }, place) => handle === applied[place]?.handle)) {
            return { rules };
        }
    }
    return { text: await save(firewall, commands) };
}
async function save({ backend, family, chains }, commands) {
    const { save } = IPTABLES_COMMANDS[backend][family];
    if (backend === 'nft') {
        return commands.run(save, ['-c']);
    }
    // Without root the legacy command cannot read which tables there are, and must be told.
    const tables = [...new Set(chains.map((chain) => chain.table))];
    return (await Promise.all(tables.map((table) => commands.run(save, ['-c', '-t', table])))).join('');
}
