import type { Family } from '../../model/rule.js';
import type { NftProblem } from './scan.js';
import { toNftProblem } from './scan.js';
import { NFT_FAMILIES, type NftStatement, splitNftStatements } from './statements.js';
import { tokenizeNft } from './tokens.js';

/** The names of iptables' own tables in nf_tables. */
const IPTABLES_TABLES = ['raw', 'mangle', 'nat', 'filter', 'security'];
const COMMANDS = ['add', 'create', 'insert', 'replace', 'delete', 'destroy', 'flush', 'reset', 'rename'];
const OBJECTS = ['table', 'chain', 'rule', 'set', 'map', 'element', 'flowtable', 'counter', 'quota', 'limit', 'ct', 'secmark', 'synproxy'];

/** The files beside an nft file. */
export interface FilesBeside {
  /** The files that have put something into nf_tables before it. */
  before: string[];
  /** The tables of native files before it, as listNftTables() gives them, each with its file. */
  tables: ReadonlyMap<string, string>;
  /** A file of each family whose rules iptables puts into nf_tables. */
  iptables: Partial<Record<Family, string>>;
}

const REMOVING = ['delete', 'destroy', 'flush'];
/** Elements of a set may be removed: the rules stay. */
const REMOVED = ['table', 'chain', 'rule'];

/** The tables that an nft file makes or adds to: `inet filter`. */
export function listNftTables(text: string): string[] {
  return listStatements(text)
    .filter(
      ({ tokens: [first] }) => first !== undefined && ![...REMOVING, 'define', 'redefine', 'undefine', 'include'].includes(first.text),
    )
    .map((statement) => getTableName(readTable(statement)));
}

/** Finds what an nft file does to the rules of the files beside it: it removes them, or has a table that iptables takes as its own. */
export function findNftClashes(text: string, { before, tables, iptables }: FilesBeside): NftProblem[] {
  return listStatements(text).flatMap((statement) => {
    const [first, second] = statement.tokens;
    if (first === undefined) {
      return [];
    }
    if (first.text === 'flush' && second?.text === 'ruleset') {
      const message = `flush ruleset removes what ${before.join(' and ')} ${before.length === 1 ? 'has' : 'have'} loaded into nf_tables before: put this file first`;
      return before.length === 0 ? [] : [toNftProblem(first, message)];
    }
    const { family, table } = readTable(statement);
    const earlier =
      REMOVING.includes(first.text) && REMOVED.includes(second?.text ?? '') ? tables.get(getTableName({ family, table })) : undefined;
    if (earlier !== undefined) {
      // A table that is made again gives its handles again, so that nobody could tell whose rules they are.
      const message = `this removes what ${earlier} has loaded into table ${family} ${table} before: put this file first`;
      return [toNftProblem(first, message)];
    }
    const other = family === 'ip' ? iptables.ipv4 : family === 'ip6' ? iptables.ipv6 : undefined;
    return other !== undefined && IPTABLES_TABLES.includes(table)
      ? [
          toNftProblem(
            first,
            `table ${family} ${table} is iptables' own, which has the rules of ${other}: give the table of this file another name`,
          ),
        ]
      : [];
  });
}

function listStatements(text: string): NftStatement[] {
  return splitNftStatements(tokenizeNft(text)).filter(({ context }) => context === 'file');
}

function getTableName({ family, table }: { family: string; table: string }): string {
  return `${family} ${table}`;
}

/** The table that a command is about. The family ip need not be written. */
function readTable({ tokens }: NftStatement): { family: string; table: string } {
  const words = tokens.map(({ text }) => text);
  for (const skipped of [COMMANDS, OBJECTS]) {
    if (skipped.includes(words[0] ?? '')) {
      words.shift();
    }
  }
  const family = NFT_FAMILIES.includes(words[0] ?? '') ? words.shift() : 'ip';
  return { family: family ?? 'ip', table: words[0] ?? '' };
}
