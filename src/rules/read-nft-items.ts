import { splitNftWord } from './split-nft-word.js';
import type { NftToken } from './tokenize-nft.js';

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
 * @param lines the lines of the whole text: the character after a word may decide where nft cuts the word
 */
export function readNftItems(tokens: NftToken[], lines: string[]): NftItem[] {
  return tokens.flatMap((token): NftItem[] => {
    const { kind, text, line, column } = token;
    return kind === 'word'
      ? splitNftWord(text, `${lines[line - 1] ?? ''}\n`.charAt(column - 1 + text.length)).map((part) => ({ ...part, token }))
      : [{ kind: kind === 'string' ? 'string' : 'other', text, token }];
  });
}
