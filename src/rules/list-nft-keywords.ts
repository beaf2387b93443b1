import { splitNftWord } from './split-nft-word.js';
import type { NftToken } from './tokenize-nft.js';

/** What nft's scanner may take for keywords in a token: the names that it cuts a word into. */
export function listNftKeywords({ kind, text }: NftToken): string[] {
  return kind === 'word'
    ? splitNftWord(text)
        .filter((part) => part.kind === 'name')
        .map((part) => part.text)
    : [];
}
