import { didYouMean } from '../words/suggestion.js';
import { assertFamily } from './assert-family.js';
import type { Draft } from './draft.js';
import type { Extension } from './extension.js';
import { findOptionOf } from './option-of.js';
import { getMatch, MATCHES } from './match-table.js';
import { assertNotRefusedMatch } from './refused-extensions.js';
import { RuleError } from './rule-error.js';

/** Other names that iptables has for a match. */
const ALIASES = new Map([
  ['icmpv6', 'icmp6'],
  ['ipv6-icmp', 'icmp6'],
]);

/** Reads the name of -m. The match whose options follow is the last one of `draft.matches`. */
export function readMatch(draft: Draft, given: string): void {
  const name = ALIASES.get(given) ?? given;
  const row = getMatch(name);
  if (row === null) {
    assertNotRefusedMatch(name);
    throw new RuleError(`unknown match "${name}"${didYouMean(name, Object.keys(MATCHES))}`);
  }
  assertFamily(`-m ${name}`, row, draft.family);
  if (row.isMerged && draft.matches.some((match) => match.name === name)) {
    return;
  }
  assertNotMisread(draft, name, row);
  draft.matches.push({ name, row, options: [], key: null });
}

/**
 * iptables gives an option that two matches have to the one that was first named last: of -m mark -m connmark -m mark, the last one's
 * --mark would be connmark's.
 */
function assertNotMisread({ matches }: Draft, name: string, row: Extension): void {
  const first = matches.findIndex((match) => match.name === name);
  const between = first === -1 ? [] : matches.slice(first + 1).filter((match) => match.name !== name);
  for (const other of between) {
    const shared = row.options.find(({ flag }) => findOptionOf(other.row, flag) !== null);
    if (shared !== undefined) {
      throw new RuleError(`put both -m ${name} before -m ${other.name}: iptables would take ${shared.flag} for the latter's`);
    }
  }
}
