import { splitNftWord } from './split-nft-word.js';
import type { NftToken } from './tokenize-nft.js';

/** What nft's scanner gives its grammar, with the token that it is from. */
export interface NftItem {
  /** name: what may be a keyword. other: a number, an address, a sign. */
  kind: 'name' | 'string' | 'other';
  text: string;
  token: NftToken;
}

/** @param lines of the whole text: what stands behind a word may decide where nft cuts it */
export function readNftItems(tokens: NftToken[], lines: string[]): NftItem[] {
  return tokens.flatMap((token): NftItem[] => {
    const { kind, text, line, column } = token;
    return kind === 'word'
      ? splitNftWord(text, `${lines[line - 1] ?? ''}\n`.charAt(column - 1 + text.length)).map((part) => ({ ...part, token }))
      : [{ kind: kind === 'string' ? 'string' : 'other', text, token }];
  });
}
