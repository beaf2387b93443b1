import type { Entry, Match, Rule, Target } from '../../model/rule.js';
import type { Extension } from '../extension.js';
import { getMatch } from '../extensions/match-table.js';
import { getTarget } from '../extensions/target-table.js';

/** In these chains a packet has no input interface, or no output interface yet. iptables refuses -i or -o there. */
const WITHOUT_INPUT = ['OUTPUT', 'POSTROUTING'];
const WITHOUT_OUTPUT = ['PREROUTING', 'INPUT'];

/**
 * Finds what iptables or the kernel refuses in a rule because of its table or chain.
 *
 * @param origins the built-in chains from which packets reach the rule's chain
 */
export function checkPlace(entry: Entry, origins: string[]): string[] {
  if (entry.kind !== 'append' && entry.kind !== 'insert') {
    return [];
  }
  const [rule] = entry.rules;
  if (rule === undefined) {
    return [];
  }
  const { target, matches } = rule;
  const problems = checkInterfaces(entry.chain, rule);
  for (const match of matches) {
    problems.push(...checkExtension(`-m ${match.name}`, getMatch(match.name), match, entry, origins));
  }
  if (target !== null) {
    problems.push(...checkExtension(target.name, getTarget(target.name), target, entry, origins));
  }
  return problems;
}

function checkInterfaces(chain: string, rule: Rule): string[] {
  const problems: string[] = [];
  if (rule.inInterface !== null && WITHOUT_INPUT.includes(chain)) {
    problems.push(`-i cannot be used in ${chain}: use -o`);
  }
  if (rule.outInterface !== null && WITHOUT_OUTPUT.includes(chain)) {
    problems.push(`-o cannot be used in ${chain}: use -i`);
  }
  return problems;
}

function checkExtension(what: string, row: Extension | null, { options }: Match | Target, entry: Entry, origins: string[]): string[] {
  const { table, chain } = entry;
  const { tables, chains } = (typeof row?.place === 'function' ? row.place(options, entry.family) : row?.place) ?? {};
  if (tables !== undefined && !tables.includes(table)) {
    const names = tables.length === 1 ? `table ${tables[0]}` : `tables ${tables.toReversed().join(', ')}`;
    return [`${what} cannot be used in table ${table}, only in ${names}`];
  }
  const wrong = chains === undefined ? undefined : origins.find((origin) => !chains.includes(origin));
  if (chains === undefined || wrong === undefined) {
    return [];
  }
  const where = wrong === chain ? `in ${chain}` : `in ${chain}, where packets come to from ${wrong}`;
  return [`${what} cannot be used ${where}, only in ${chains.join(', ')}`];
}
