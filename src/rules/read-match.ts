import { assertFamily } from './assert-family.js';
import type { Draft } from './draft.js';
import type { Extension } from './extension.js';
import { findOptionOf } from './option-of.js';
import { getMatch, MATCHES } from './match-table.js';
import { assertNotRefusedMatch } from './refused-extensions.js';
import { RuleError } from './rule-error.js';
import { didYouMean } from './suggest-word.js';

/** Other names that iptables has for a match. */
const ALIASES = new Map([
  ['icmpv6', 'icmp6'],
  ['ipv6-icmp', 'icmp6'],
]);

/** Reads the name after -m, and adds the match to `draft.matches`. A merged match (isMerged) is added only once. */
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
 * Refuses an order of matches that iptables misreads. If two matches have the same option, iptables gives it to the one whose first -m
 * comes later. After `-m mark -m connmark -m mark`, --mark goes to connmark.
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
