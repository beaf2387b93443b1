import type { NftListing } from '../model/nft-listing.js';
import type { KnownChain } from './known-chain.js';
/**
 * What nft's listing says of the chains of a native rule set.
 * @param ownTable loopfw's own
 */
export declare function knowNft({ chains }: NftListing, ownTable: string): KnownChain[];
