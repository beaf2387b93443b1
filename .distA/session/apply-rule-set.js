import { UsageError } from '../errors.js';
import { knowIptables } from '../trace/know-iptables.js';
import { knowNft } from '../trace/know-nft.js';
import { parseNftListing } from '../trace/parse-nft-listing.js';
import { applyFirewall } from '../world/apply-firewall.js';
import { applyNft, listNft, replaceNft } from '../world/apply-nft.js';
import { readBack } from '../world/read-back.js';
/**
 * Puts a rule set into the kernel, in the place of the one before.
 * @throws what applyFirewall and applyNft throw
 */
export function applyRuleSet(firewalls, before, commands) {
    const [first] = firewalls;
    return first?.kind === 'nft'
        ? applyNative(first, commands)
        : applyIptables(firewalls.filter((firewall) => firewall.kind === 'iptables'), before, commands);
}
async function applyNative(firewall, commands) {
    const { table } = firewall.trace;
    await applyNft(firewall, commands);
    const applied = parseNftListing(await listNft(commands), table);
    if (firewall.hasRules && !applied.chains.some((chain) => chain.rules.some(({ index }) => index !== null))) {
        throw new UsageError(`${firewall.file}: nft took this, but the kernel holds none of its rules: it flushes or deletes them itself`);
    }
    return {
        firewalls: [firewall],
        chains: knowNft(applied, table),
        readBack: async () => ({ found: [], native: { applied, found: parseNftListing(await listNft(commands), table) } }),
    };
}
async function applyIptables(firewalls, before, commands) {
    const apply = () => Promise.all(firewalls.map((firewall) => applyFirewall(firewall, commands)));
    const isAfterNative = before?.firewalls.some(({ kind }) => kind === 'nft') ?? false;
    const applied = await (isAfterNative ? replaceNft(commands, apply) : apply());
    return {
        firewalls,
        chains: knowIptables(firewalls, applied.flat()),
        readBack: async () => ({
            found: await Promise.all(firewalls.map((firewall, place) => readBack(firewall, applied[place] ?? [], commands))),
            native: null,
        }),
    };
}
