import { scanNft, type NftPiece } from './scan-nft.js';

/** A piece of an nft file that means something. Line and column count from 1. */
export interface NftToken {
  /** end: of a statement, where it is not in braces. unclosed: a string whose end is missing. */
  kind: Exclude<NftPiece['kind'], 'blank' | 'comment'>;
  /** A string's without its quotes. */
  text: string;
  line: number;
  column: number;
}

/** Cuts the text of an nft file into words, strings, braces, commas and ends of statements; comments are left out. */
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
