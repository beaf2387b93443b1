import type { NftProblem } from './nft-problem.js';
import type { NftStatement } from './split-nft-statements.js';
import type { NftToken } from './tokenize-nft.js';

const FAMILIES = ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'];
const TRACED = ['ip', 'ip6', 'inet'];

interface Declared {
  family: string;
  name: NftToken;
}

/**
 * Finds tables of families that no probe reaches, and tables that the kernel's trace cannot distinguish. The trace gives only the name of
 * the table and the family of the packet. An IPv4 packet passes `ip x` as well as `inet x`.
 */
export function checkNftTables(statements: NftStatement[]): NftProblem[] {
  const declared = statements.flatMap(readTable);
  return declared.flatMap(({ family, name: { text, line, column } }, place) => {
    if (!TRACED.includes(family)) {
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
  return second !== undefined && FAMILIES.includes(first.text) ? [{ family: first.text, name: second }] : [{ family: 'ip', name: first }];
}

function doOverlap(one: string, other: string): boolean {
  return one !== other && (one === 'inet' || other === 'inet');
}
