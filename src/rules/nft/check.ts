import { checkNftCharacters } from './characters.js';
import { checkNftNames } from './names/check.js';
import { type NftProblem, toNftProblem } from './scan.js';
import { type NftStatement, splitNftStatements } from './statements.js';
import { type NftToken, tokenizeNft } from './tokens.js';
import { getNftFamilies, readTableName } from './unseen.js';
import { checkNftWords } from './words.js';

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

/**
 * Finds tables that the kernel's trace cannot distinguish, and reports each of them. The trace gives only the name of the table and the family of the packet. An IPv4
 * packet passes `ip x` as well as `inet x`.
 */
function checkNftTables(statements: NftStatement[]): NftProblem[] {
  const families = getNftFamilies(statements);
  const declared = statements.flatMap((statement, place) => {
    const name = readTableName(statement);
    return name === null ? [] : [{ family: families[place] ?? '', name }];
  });
  return declared.flatMap(({ family, name }) => {
    const other = declared.find((each) => each.name.text === name.text && doOverlap(each.family, family));
    const message = `table ${family} ${name.text} cannot be told from table ${other?.family} ${name.text} in the kernel's trace: give one of the two another name`;
    return other === undefined ? [] : [toNftProblem(name, message)];
  });
}

function doOverlap(one: string, other: string): boolean {
  const both = [one, other];
  return one !== other && both.includes('inet') && (both.includes('ip') || both.includes('ip6'));
}
