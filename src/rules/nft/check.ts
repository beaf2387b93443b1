import { checkNftCharacters } from './characters.js';
import { checkNftNames } from './names.js';
import { type NftPiece, type NftProblem, scanNft, toNftProblem } from './scan.js';
import { NFT_FAMILIES, NFT_IP_FAMILIES, type NftStatement, splitNftStatements } from './statements.js';
import { type NftToken, tokenizeNft } from './tokens.js';
import { checkNftWords } from './words.js';

const DEFINITIONS = ['define', 'redefine', 'undefine'];

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

interface Declared {
  family: string;
  name: NftToken;
}

/**
 * Finds tables of families that no probe reaches, and tables that the kernel's trace cannot distinguish. The trace gives only the name of
 * the table and the family of the packet. An IPv4 packet passes `ip x` as well as `inet x`.
 */
function checkNftTables(statements: NftStatement[]): NftProblem[] {
  const declared = statements.flatMap(readTable);
  return declared.flatMap(({ family, name: { text, line, column } }, place) => {
    if (!NFT_IP_FAMILIES.includes(family)) {
      // checkNftWords already refuses the word netdev.
      return family === 'netdev'
        ? []
        : [{ line, column, message: `a table of family ${family} is refused: no probe's packets are ${family}` }];
    }
    const other = declared.slice(0, place).find((earlier) => earlier.name.text === text && doOverlap(earlier.family, family));
    return other === undefined
      ? []
      : [
          {
            line,
            column,
            message: `table ${family} ${text} cannot be told from table ${other.family} ${text} in the kernel's trace: give it another name`,
          },
        ];
  });
}

function readTable({ context, tokens }: NftStatement): Declared[] {
  const words = tokens[0]?.text === 'add' || tokens[0]?.text === 'create' ? tokens.slice(1) : tokens;
  const [table, first, second] = words;
  if (context !== 'file' || table?.text !== 'table' || first === undefined) {
    return [];
  }
  return second !== undefined && NFT_FAMILIES.includes(first.text)
    ? [{ family: first.text, name: second }]
    : [{ family: 'ip', name: first }];
}

function doOverlap(one: string, other: string): boolean {
  return one !== other && (one === 'inet' || other === 'inet');
}

/**
 * Finds what nft refuses at the end of a file that does not end with a line feed. nft itself does not see this end, because loopfw appends
 * its own table to the text.
 */
function checkNftEnd(text: string, tokens: NftToken[], statements: NftStatement[]): NftProblem[] {
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
