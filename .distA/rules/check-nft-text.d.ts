import type { Position } from '../model/diagnostic.js';
export interface NftProblem extends Position {
    message: string;
}
/**
 * Finds what loopfw must not give to nft: what reaches outside a world, what would hide packets from the trace, and what is not
 * whole. Whether the rest makes sense, nft itself says when it is given the rules. By line and column.
 */
export declare function checkNftText(text: string): NftProblem[];
