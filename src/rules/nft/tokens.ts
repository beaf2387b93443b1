import { type NftPiece, scanNft } from './scan.js';
import { splitNftWord } from './word.js';

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

/** The parts of a token that nft's scanner may take for keywords: the names into which it cuts a word. */
export function listNftKeywords({ kind, text }: NftToken): string[] {
  return kind === 'word'
    ? splitNftWord(text)
        .filter((part) => part.kind === 'name')
        .map((part) => part.text)
    : [];
}

/** A word as nft's scanner cuts it, and the token that contains it. */
export interface NftItem {
  /** name: a possible keyword. other: a number, an address or a sign. */
  kind: 'name' | 'string' | 'other';
  text: string;
  token: NftToken;
}

/**
 * Cuts tokens into words as nft's scanner does.
 *
 * @param lines the lines of the whole text: the character after a word may decide where nft cuts the word. null: a blank follows each word
 */
export function readNftItems(tokens: NftToken[], lines: string[] | null = null): NftItem[] {
  return tokens.flatMap((token): NftItem[] => {
    const { kind, text, line, column } = token;
    if (kind !== 'word') {
      return [{ kind: kind === 'string' ? 'string' : 'other', text, token }];
    }
    const follower = lines === null ? ' ' : `${lines[line - 1] ?? ''}\n`.charAt(column - 1 + text.length);
    return splitNftWord(text, follower).map((part) => ({ ...part, token }));
  });
}
