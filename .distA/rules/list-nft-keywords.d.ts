import type { NftToken } from './tokenize-nft.js';
/**
 * What nft's scanner may take a word for. It ends a number where digits end, so that `80accept` is two words to it; a name goes on
 * over points, slashes and hyphens.
 */
export declare function listNftKeywords({ kind, text }: NftToken): string[];
