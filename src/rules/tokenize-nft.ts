import { scanNft, type NftPiece } from './scan-nft.js';

/** A piece of an nft file that is not a blank or a comment. Line and column count from 1. */
export interface NftToken {
  /** end: the end of a statement, unless it is in the braces of a set. unclosed: a string without a closing quote. */
  kind: Exclude<NftPiece['kind'], 'blank' | 'comment'>;
  /** A string has no quotes here. */
  text: string;
  line: number;
  column: number;
}

/** Cuts the text of an nft file into words, strings, braces, commas and ends of statements. Comments are left out. */
export function tokenizeNft(text: string): NftToken[] {
  const tokens: NftToken[] = [];
  for (const { kind, text: found, line, column } of scanNft(text)) {
    if (kind !== 'blank' && kind !== 'comment') {
      const quotes = kind === 'string' ? 1 : 0;
      tokens.push({ kind, text: kind === 'unclosed' ? found.slice(1) : found.slice(quotes, found.length - quotes), line, column });
    }
  }
  return tokens;
}
