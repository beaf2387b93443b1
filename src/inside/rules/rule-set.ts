import type { CommandRunner } from '../../kernel/process/run-command.js';
import type { IptablesRuleSet, KernelRuleSet, NftRuleSet } from '../../model/plan.js';
import { addObserverTable } from '../../kernel/trace/observer-table.js';
import { parseNftListing } from '../../trace/rules/nft-listing.js';
import { makeObserverChains, toTracedIptablesChains, toTracedNftChains } from '../../trace/rules/traced-chains.js';
import { isTableOfWorld } from '../../words/nft-chain.js';
import { applyFamily, readBack } from '../world/iptables.js';
import { applyNft, listNft, replaceNft } from '../world/nft.js';
import { type AppliedRuleSet, assertHeld } from './applied.js';
import { applyMixed } from './mixed.js';

/**
 * Puts a rule set into the kernel, in place of the previous one.
 * @param before the kind of the previous rule set; null if there is none
 * @throws the errors of applyFamily and applyNft
 */
export function applyRuleSet(ruleSet: KernelRuleSet, before: AppliedRuleSet['kind'] | null, commands: CommandRunner): AppliedRuleSet {
  switch (ruleSet.kind) {
    case 'nft':
      return applyNative(ruleSet, commands);
    case 'iptables':
      return applyIptables(ruleSet, before, commands);
    case 'mixed':
      return before === null ? applyMixed(ruleSet, commands) : replaceNft(commands, () => applyMixed(ruleSet, commands));
  }
}

function applyNative(ruleSet: NftRuleSet, commands: CommandRunner): AppliedRuleSet {
  const { table } = ruleSet.trace;
  applyNft(ruleSet, commands);
  const read = () => parseNftListing(listNft(commands), table, (other) => isTableOfWorld(other.table));
  const applied = read();
  const isHeld = applied.unseenRules > 0 || applied.chains.some((chain) => chain.rules.some(({ index }) => index !== null));
  assertHeld(ruleSet, isHeld);
  return {
    kind: 'nft',
    chains: toTracedNftChains(applied, table),
    readBack: () => ({ kind: 'nft', applied, found: read(), unseen: [applied.unseenRules] }),
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
        backend,
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
