import type { NftToken } from './tokenize-nft.js';
/** Where a statement stands: at the top of the file, in a table, in a chain, or in another object's braces. */
export type NftContext = 'file' | 'table' | 'chain' | 'object';
/** A command, a rule, a declaration, or the head of a block. */
export interface NftStatement {
    context: NftContext;
    /** Braces of sets included, those of blocks not. */
    tokens: NftToken[];
}
/** Cuts an nft file into statements. A brace that nothing opened or closed is for nft to complain of. */
export declare function splitNftStatements(tokens: NftToken[]): NftStatement[];
