import type { CommandRunner } from '../kernel/run-command.js';
import type { ClosingEvidence } from '../model/evidence.js';
import type { Firewall } from '../model/plan.js';
import type { KnownChain } from '../trace/known-chain.js';
/** A rule set that the kernel holds. */
export interface AppliedRuleSet {
    firewalls: Firewall[];
    chains: KnownChain[];
    /** What the kernel says of it now, counters included. */
    readBack(): Promise<Pick<ClosingEvidence, 'found' | 'native'>>;
}
/**
 * Puts a rule set into the kernel, in the place of the one before.
 * @throws what applyFirewall and applyNft throw
 */
export declare function applyRuleSet(firewalls: Firewall[], before: AppliedRuleSet | null, commands: CommandRunner): Promise<AppliedRuleSet>;
