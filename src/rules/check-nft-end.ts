import { toNftProblem, type NftProblem } from './nft-problem.js';
import { scanNft, type NftPiece } from './scan-nft.js';
import type { NftStatement } from './split-nft-statements.js';
import type { NftToken } from './tokenize-nft.js';

const DEFINITIONS = ['define', 'redefine', 'undefine'];

/**
 * Finds what nft refuses at the end of a file that does not end with a line feed. nft itself does not see this end, because loopfw appends
 * its own table to the text.
 */
export function checkNftEnd(text: string, tokens: NftToken[], statements: NftStatement[]): NftProblem[] {
  if (text === '' || text.endsWith('\n')) {
    return [];
  }
  const last = getLast(text);
  if (last?.kind === 'comment') {
    return [toNftProblem(last, 'nft refuses a comment that ends the file without a line feed: end the line')];
  }
  if (last?.text.endsWith('\\') === true && last.kind === 'word') {
    return [toNftProblem(last, 'nft refuses a backslash that ends the file: it joins no line')];
  }
  const head = tokens.at(-1)?.kind === 'end' ? undefined : statements.at(-1)?.tokens[0];
  return head !== undefined && DEFINITIONS.includes(head.text)
    ? [toNftProblem(head, `nft refuses ${head.text} in a last line without a line feed: end the line`)]
    : [];
}

function getLast(text: string): NftPiece | undefined {
  let last: NftPiece | undefined;
  for (const piece of scanNft(text)) {
    last = piece;
  }
  return last;
}
