import { UsageError } from '../../model/errors.js';
import type { FoundRuleSet } from '../../model/evidence.js';
import type { KernelRuleSet, NftRuleSet } from '../../model/plan.js';
import type { TracedChain } from '../../trace/rules/traced-chains.js';

/** A rule set that the kernel holds. */
export interface AppliedRuleSet {
  kind: KernelRuleSet['kind'];
  chains: TracedChain[];
  /** Reads what the kernel holds of it now, with counters. */
  readBack(): FoundRuleSet;
}

/** Checks that the kernel holds a rule of a native file that has some. @throws UsageError */
export function assertHeld({ file, hasRules }: Pick<NftRuleSet, 'file' | 'hasRules'>, isHeld: boolean): void {
  if (hasRules && !isHeld) {
    throw new UsageError(`${file}: nft took this, but the kernel holds none of its rules: it flushes or deletes them itself`);
  }
}
