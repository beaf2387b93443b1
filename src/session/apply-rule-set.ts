import { UsageError } from '../errors.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { ClosingEvidence } from '../model/evidence.js';
import type { Firewall, IptablesFirewall, NftFirewall } from '../model/plan.js';
import { knowIptables } from '../trace/know-iptables.js';
import { knowNft } from '../trace/know-nft.js';
import type { KnownChain } from '../trace/known-chain.js';
import { parseNftListing } from '../trace/parse-nft-listing.js';
import { applyFirewall } from '../world/apply-firewall.js';
import { applyNft, listNft, replaceNft } from '../world/apply-nft.js';
import { readBack } from '../world/read-back.js';

/** A rule set that the kernel holds. */
export interface AppliedRuleSet {
  firewalls: Firewall[];
  chains: KnownChain[];
  /** What the kernel says of it now, counters included. */
  readBack(): Pick<ClosingEvidence, 'found' | 'native'>;
}

/**
 * Puts a rule set into the kernel, in the place of the one before.
 * @throws what applyFirewall and applyNft throw
 */
export function applyRuleSet(firewalls: Firewall[], before: AppliedRuleSet | null, commands: CommandRunner): AppliedRuleSet {
  const [first] = firewalls;
  return first?.kind === 'nft'
    ? applyNative(first, commands)
    : applyIptables(
        firewalls.filter((firewall) => firewall.kind === 'iptables'),
        before,
        commands,
      );
}

function applyNative(firewall: NftFirewall, commands: CommandRunner): AppliedRuleSet {
  const { table } = firewall.trace;
  applyNft(firewall, commands);
  const applied = parseNftListing(listNft(commands), table);
  if (firewall.hasRules && !applied.chains.some((chain) => chain.rules.some(({ index }) => index !== null))) {
    throw new UsageError(`${firewall.file}: nft took this, but the kernel holds none of its rules: it flushes or deletes them itself`);
  }
  return {
    firewalls: [firewall],
    chains: knowNft(applied, table),
    readBack: () => ({ found: [], native: { applied, found: parseNftListing(listNft(commands), table) } }),
  };
}

function applyIptables(firewalls: IptablesFirewall[], before: AppliedRuleSet | null, commands: CommandRunner): AppliedRuleSet {
  const apply = () => firewalls.map((firewall) => applyFirewall(firewall, commands));
  const isAfterNative = before?.firewalls.some(({ kind }) => kind === 'nft') ?? false;
  const applied = isAfterNative ? replaceNft(commands, apply) : apply();
  return {
    firewalls,
    chains: knowIptables(firewalls, applied.flat()),
    readBack: () => ({
      found: firewalls.map((firewall, place) => readBack(firewall, applied[place] ?? [], commands)),
      native: null,
    }),
  };
}
