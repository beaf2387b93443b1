import type { CommandRunner } from '../kernel/run-command.js';
import type { NftFirewall } from '../model/plan.js';
/**
 * Gives a native rule set to the kernel, and loopfw's own table with it, at once and in the place of all that was there.
 * @throws UsageError where nft refuses the text, with its lines · EnvironmentError where there is too much of it · CommandError where nft
 * does not come so far
 */
export declare function applyNft({ file, text, trace }: NftFirewall, commands: CommandRunner): Promise<void>;
/** nft's list of all rules with what it calls them, and with priorities as numbers. */
export declare function listNft(commands: CommandRunner): Promise<string>;
/**
 * Takes a native rule set out of the kernel, and lets `apply` put another in its place that nft knows nothing of. Between the two there are
 * no rules: what an open connection retransmits then must not pass unseen, so it is dropped.
 */
export declare function replaceNft<Applied>(commands: CommandRunner, apply: () => Promise<Applied>): Promise<Applied>;
