import { assertFamily } from './assert-family.js';
import type { Draft } from './draft.js';
import { getMatch, MATCHES } from './match-table.js';
import { assertNotRefusedMatch } from './refused-extensions.js';
import { RuleError } from './rule-error.js';
import { didYouMean } from './suggest-word.js';

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
  draft.matches.push({ name, row, options: [], key: null });
}
