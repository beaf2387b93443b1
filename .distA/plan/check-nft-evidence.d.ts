import type { ClosingEvidence } from '../model/evidence.js';
import type { NftFirewall } from '../model/plan.js';
import type { CheckedEvidence } from './checked-evidence.js';
/**
 * Holds what nft lists at the end against what it listed when the rule set was applied, and the trace against the kernel's counters.
 * What the rules themselves should be nobody but the kernel can say.
 */
export declare function checkNftEvidence({ text }: NftFirewall, { native, hits, unattributed, traceLost }: ClosingEvidence): CheckedEvidence;
