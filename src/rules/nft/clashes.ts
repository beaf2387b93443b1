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
  /** A file of each family whose rules iptables puts into nf_tables. */
  iptables: Partial<Record<Family, string>>;
}

/** Finds what an nft file does to the rules of the files beside it: it flushes them, or has a table that iptables takes as its own. */
export function findNftClashes(text: string, { before, iptables }: FilesBeside): NftProblem[] {
  const statements = splitNftStatements(tokenizeNft(text)).filter(({ context }) => context === 'file');
  return statements.flatMap((statement) => {
    const [first, second] = statement.tokens;
    if (first === undefined) {
      return [];
    }
    if (first.text === 'flush' && second?.text === 'ruleset') {
      const message = `flush ruleset removes what ${before.join(' and ')} ${before.length === 1 ? 'has' : 'have'} loaded into nf_tables before: put this file first`;
      return before.length === 0 ? [] : [toNftProblem(first, message)];
    }
    const { family, table } = readTable(statement);
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
