import type { NftCounter } from '../model/nft-listing.js';
/** The text without what packets change in it. */
export declare function withoutCounts(text: string): string;
/** A rule's own counter: of several, the one that stands last. */
export declare function readNftCounter(rule: string): NftCounter | null;
