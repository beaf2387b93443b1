import type { Step } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import type { Miss } from '../../predict/rule/part.js';
import { nameEntry, type NotedRules } from './inquiry.js';
import type { Fit } from './fit.js';
import type { PlacedRule } from './chains.js';
import type { Standing } from './standing.js';
import type { Subject } from './subject.js';
import { FAMILY_NAMES } from '../../words/addresses.js';

/** How a packet has what an option asks for, and how it has nothing there. */
const HAS: [option: RegExp, has: (value: string) => string, none: string][] = [
  [/^-s /, (value) => `came from ${value}`, ''],
  [/^-d /, (value) => `went to ${value}`, ''],
  [/^-i /, (value) => `came in by ${value}`, 'was sent by this host, and came in by no interface'],
  [/^-o /, (value) => `was to leave by ${value}`, 'was not on its way out'],
  [/^-p /, (value) => `was ${value}`, ''],
  [/^--sports? /, (value) => `came from port ${value}`, 'had no ports'],
  [/^--dports? /, (value) => `went to port ${value}`, 'had no ports'],
  [/^--(ct)?state /, (value) => `was ${value}`, ''],
  [/^--tcp-flags /, (value) => `had the flags ${value}`, 'had no flags'],
  [/^--icmp(v6)?-type /, (value) => `was of type ${value}`, 'was no ICMP message'],
  [/^--mark /, (value) => `had the mark ${value}`, ''],
  [/^--(uid|gid)-owner /, (value) => `was of ${value}`, 'had no socket of a user'],
];

/** What a rule did with a packet that it matched. */
const DID: Record<Step['verdict'], string> = {
  accept: 'accepted it',
  drop: 'dropped it',
  reject: 'rejected it',
  continue: 'let it pass',
  jump: 'led it to another chain',
  goto: 'led it to another chain',
  return: 'returned it',
};

/** `rule 0 wants -d 127.0.0.3, the packet went to 127.0.0.2 (all else fits)` */
export function describeMisses({ misses, met }: Fit, rule: string): string {
  return `${rule} wants ${misses.map((miss) => `${printWanted(miss)}${describeHas(miss)}`).join(', and ')}${met > 0 ? ' (all else fits)' : ''}`;
}

/** Matches whose options tell what they ask for. */
const PLAIN: (string | null)[] = [null, 'tcp', 'udp', 'icmp', 'icmp6', 'multiport', 'conntrack', 'state'];

function printWanted({ match, wants }: Miss): string {
  return PLAIN.includes(match) || wants.startsWith('-m ') ? wants : `-m ${match} ${wants}`;
}

/** Empty if no word tells it. */
function describeHas({ wants, has }: Miss): string {
  const [, tell, none] = HAS.find(([option]) => option.test(wants.replace(/^! /, ''))) ?? [null, (value: string) => `had ${value}`, ''];
  const what = has === null ? '' : has === '' ? none : tell(has);
  return what === '' ? '' : `, the packet ${what}`;
}

/** `rule 2 comes first and leads to rule 5, which accepted it` */
export function describeBefore({ first, end }: Extract<Standing, { kind: 'behind' }>, from: PlacedRule, rules: NotedRules): string {
  const name = nameEntry(first.rule, rules, from.rule);
  const isInserted = rules.byIndex.get(first.rule.entry ?? -1)?.entries.some(({ kind }) => kind === 'insert') === true;
  const came = `${name} came first${isInserted && (first.rule.entry ?? 0) > (from.rule.entry ?? 0) ? ' (-I put it there)' : ''}`;
  if (end === null || first.rule === end.rule) {
    return `${came} and ${DID[first.verdict ?? 'continue']}`;
  }
  return `${came} and led to ${nameEntry(end.rule, rules, from.rule)}, which ${DID[end.verdict ?? 'continue']}`;
}

/** `; put rule 5 before rule 4`: where both are in one chain. */
export function describeMove({ first }: Extract<Standing, { kind: 'behind' }>, { rule, chain }: PlacedRule): string {
  return first.chain === chain ? `; put rule ${rule.entry} before rule ${first.rule.entry}` : '';
}

/** `rule 0 matched the request, but it has no target (-j), so it only counts it` */
export function describeBare({ rule }: PlacedRule, subject: Subject, rules: NotedRules): string {
  return `${nameEntry(rule, rules)} matched ${subject.name}, but it has no target (-j), so it only counts it`;
}

/** `rule 0 is for IPv4, and the request is IPv6, …` */
export function describeOtherFamily({ rule }: PlacedRule, subject: Subject, family: Family, rules: NotedRules): string {
  const [other, program] = family === 'ipv4' ? (['ipv6', 'iptables'] as const) : (['ipv4', 'ip6tables'] as const);
  return `${nameEntry(rule, rules)} is for ${FAMILY_NAMES[other]}, and ${subject.name} is ${FAMILY_NAMES[family]}, which has chains of its own (${program})`;
}
