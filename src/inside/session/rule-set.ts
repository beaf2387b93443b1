import type { CommandRunner } from '../../kernel/process/run-command.js';
import { UsageError } from '../../model/errors.js';
import type { FoundRuleSet } from '../../model/evidence.js';
import type { IptablesRuleSet, KernelRuleSet, NftRuleSet } from '../../model/plan.js';
import { addObserverTable } from '../../kernel/trace/observer-table.js';
import { parseNftListing } from '../../trace/rules/nft-listing.js';
import { makeObserverChains, toTracedIptablesChains, toTracedNftChains, type TracedChain } from '../../trace/rules/traced-chains.js';
import { applyFamily, readBack } from '../world/iptables.js';
import { applyNft, listNft, replaceNft } from '../world/nft.js';

/** A rule set that the kernel holds. */
export interface AppliedRuleSet {
  kind: KernelRuleSet['kind'];
  chains: TracedChain[];
  /** Reads what the kernel holds of it now, with counters. */
  readBack(): FoundRuleSet;
}

/**
 * Puts a rule set into the kernel, in place of the previous one.
 * @param before the kind of the previous rule set; null if there is none
 * @throws the errors of applyFamily and applyNft
 */
export function applyRuleSet(ruleSet: KernelRuleSet, before: AppliedRuleSet['kind'] | null, commands: CommandRunner): AppliedRuleSet {
  return ruleSet.kind === 'nft' ? applyNative(ruleSet, commands) : applyIptables(ruleSet, before, commands);
}

function applyNative(ruleSet: NftRuleSet, commands: CommandRunner): AppliedRuleSet {
  const { table } = ruleSet.trace;
  applyNft(ruleSet, commands);
  const applied = parseNftListing(listNft(commands), table);
  const isHeld = applied.unseenRules > 0 || applied.chains.some((chain) => chain.rules.some(({ index }) => index !== null));
  if (ruleSet.hasRules && !isHeld) {
    throw new UsageError(`${ruleSet.file}: nft took this, but the kernel holds none of its rules: it flushes or deletes them itself`);
  }
  return {
    kind: 'nft',
    chains: toTracedNftChains(applied, table),
    readBack: () => ({ kind: 'nft', applied, found: parseNftListing(listNft(commands), table) }),
  };
}

function applyIptables(
  { backend, families, isObserved }: IptablesRuleSet,
  before: AppliedRuleSet['kind'] | null,
  commands: CommandRunner,
): AppliedRuleSet {
  const apply = () => families.map((rules) => ({ rules, held: applyFamily(rules, backend, commands) }));
  const applied = before === 'nft' ? replaceNft(commands, apply) : apply();
  return {
    kind: 'iptables',
    chains: [
      ...toTracedIptablesChains(
        families,
        applied.flatMap(({ held }) => held),
      ),
      ...(isObserved && addObserverTable() ? makeObserverChains() : []),
    ],
    readBack: () => ({
      kind: 'iptables',
      families: applied.map(({ rules, held }) => readBack(rules, backend, held, commands)),
    }),
  };
}
