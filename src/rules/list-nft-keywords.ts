import { splitNftWord } from './split-nft-word.js';
import type { NftToken } from './tokenize-nft.js';

/** The parts of a token that nft's scanner may take for keywords: the names into which it cuts a word. */
export function listNftKeywords({ kind, text }: NftToken): string[] {
  return kind === 'word'
    ? splitNftWord(text)
        .filter((part) => part.kind === 'name')
        .map((part) => part.text)
    : [];
}
