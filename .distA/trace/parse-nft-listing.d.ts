import type { NftListing } from '../model/nft-listing.js';
/**
 * Reads what `nft -a -y list ruleset` writes: chains and rules with their handles, priorities as numbers. One rule is on one line, but
 * for line breaks in its strings; all else in a table (sets, counters) ends with a brace that stands alone.
 *
 * @param ownTable loopfw's own, whose rules get no number
 */
export declare function parseNftListing(text: string, ownTable: string): NftListing;
