import { UsageError } from '../errors.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { FoundRuleSet } from '../model/evidence.js';
import type { IptablesRuleSet, KernelRuleSet, NftRuleSet } from '../model/plan.js';
import { knowIptables } from '../trace/know-iptables.js';
import { knowNft } from '../trace/know-nft.js';
import type { KnownChain } from '../trace/known-chain.js';
import { parseNftListing } from '../trace/parse-nft-listing.js';
import { applyFirewall } from '../world/apply-firewall.js';
import { applyNft, listNft, replaceNft } from '../world/apply-nft.js';
import { readBack } from '../world/read-back.js';

/** A rule set that the kernel holds. */
export interface AppliedRuleSet {
  kind: KernelRuleSet['kind'];
  chains: KnownChain[];
  /** What the kernel says of it now, counters included. */
  readBack(): FoundRuleSet;
}

/**
 * Puts a rule set into the kernel, in the place of the one before.
 * @param before what that is written in
 * @throws what applyFirewall and applyNft throw
 */
export function applyRuleSet(ruleSet: KernelRuleSet, before: AppliedRuleSet['kind'] | null, commands: CommandRunner): AppliedRuleSet {
  return ruleSet.kind === 'nft' ? applyNative(ruleSet, commands) : applyIptables(ruleSet, before, commands);
}

function applyNative(ruleSet: NftRuleSet, commands: CommandRunner): AppliedRuleSet {
  const { table } = ruleSet.trace;
  applyNft(ruleSet, commands);
  const applied = parseNftListing(listNft(commands), table);
  if (ruleSet.hasRules && !applied.chains.some((chain) => chain.rules.some(({ index }) => index !== null))) {
    throw new UsageError(`${ruleSet.file}: nft took this, but the kernel holds none of its rules: it flushes or deletes them itself`);
  }
  return {
    kind: 'nft',
    chains: knowNft(applied, table),
    readBack: () => ({ kind: 'nft', applied, found: parseNftListing(listNft(commands), table) }),
  };
}

function applyIptables(
  { backend, families }: IptablesRuleSet,
  before: AppliedRuleSet['kind'] | null,
  commands: CommandRunner,
): AppliedRuleSet {
  const apply = () => families.map((rules) => ({ rules, held: applyFirewall(rules, backend, commands) }));
  const applied = before === 'nft' ? replaceNft(commands, apply) : apply();
  return {
    kind: 'iptables',
    chains: knowIptables(
      families,
      applied.flatMap(({ held }) => held),
    ),
    readBack: () => ({
      kind: 'iptables',
      families: applied.map(({ rules, held }) => readBack(rules, backend, held, commands)),
    }),
  };
}
