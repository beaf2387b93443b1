import { type NftToken } from './tokenize-nft.js';
/** The rules of an nft file, each with its words: as they stand in a chain's braces, or behind `add rule inet filter input`. */
export declare function listNftRuleStatements(file: string): NftToken[][];
