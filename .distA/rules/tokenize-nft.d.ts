/** A piece of an nft file. Line and column count from 1. */
export interface NftToken {
    /** end: of a statement, where it is not in braces. unclosed: a string whose end is missing. */
    kind: 'word' | 'string' | '{' | '}' | ',' | 'end' | 'unclosed';
    /** A string's without its quotes. */
    text: string;
    line: number;
    column: number;
}
/** Cuts the text of an nft file into words, strings, braces, commas and ends of statements; comments are left out. */
export declare function tokenizeNft(text: string): NftToken[];
