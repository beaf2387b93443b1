import type { NftListing } from '../model/nft-listing.js';
import type { ScenarioRule } from '../model/scenario.js';
/**
 * The rules of a native rule set as the kernel holds them, with the lines of the file that they come from. A rule is called by its
 * comment, where that can be a name and is one rule's alone.
 */
export declare function listNftRules({ chains }: NftListing, file: string): ScenarioRule[];
