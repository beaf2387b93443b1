import { checkNftCharacters } from './check-nft-characters.js';
import { checkNftEnd } from './check-nft-end.js';
import { checkNftNames } from './check-nft-names.js';
import { checkNftTables } from './check-nft-tables.js';
import { checkNftWords } from './check-nft-words.js';
import { toNftProblem, type NftProblem } from './nft-problem.js';
import { splitNftStatements } from './split-nft-statements.js';
import { tokenizeNft, type NftToken } from './tokenize-nft.js';

/**
 * Finds what loopfw must not give to nft:
 * - what reaches outside a world
 * - what hides packets from the trace
 * - what a person and nft read in different ways
 * - strings and braces without an end
 * nft itself checks the rest when it loads the rules.
 *
 * @returns the problems, sorted by line and column
 */
export function checkNftText(text: string): NftProblem[] {
  const tokens = tokenizeNft(text);
  const statements = splitNftStatements(tokens);
  const problems = [
    ...checkNftCharacters(text),
    ...checkNftWords(tokens, statements),
    ...checkWhole(tokens),
    ...checkNftEnd(text, tokens, statements),
    ...checkNftTables(statements),
  ];
  return [...problems, ...checkNftNames(text, statements, problems)].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Finds strings and braces that are never closed, and closing braces that nothing opened. */
function checkWhole(tokens: NftToken[]): NftProblem[] {
  const open: NftToken[] = [];
  const problems: NftProblem[] = [];
  for (const token of tokens) {
    if (token.kind === 'unclosed') {
      problems.push(toNftProblem(token, 'the string that begins here has no end'));
    } else if (token.kind === '{') {
      open.push(token);
    } else if (token.kind === '}' && open.pop() === undefined) {
      problems.push(toNftProblem(token, 'nothing opened what this brace closes'));
    }
  }
  return [...problems, ...open.map((token) => toNftProblem(token, 'the brace that opens here is never closed'))];
}
