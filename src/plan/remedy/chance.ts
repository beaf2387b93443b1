import type { Packet } from '../../model/result.js';
import type { Entry, Rule } from '../../model/rule.js';
import type { RuleSet } from '../../model/scenario.js';
import { getTarget } from '../../rules/extensions/target-table.js';
import { listNftRuleStatements } from '../../rules/nft/statements.js';
import { canMeet, type PacketFacts } from '../../rules/stability/conditions.js';
import { getConditions } from '../../rules/stability/rule-traits.js';
import { getPacketFacts } from './packet-facts.js';

/** Matches that let the same packet pass at one time, and not at another. */
const MATCHES = ['statistic', 'limit', 'hashlimit', 'rateest'];
/** The same in nft's language, and the words of a rule that decides something with it. */
const NATIVE = ['limit', 'random', 'meter'];
const DECIDING = [
  'accept',
  'drop',
  'reject',
  'jump',
  'goto',
  'return',
  'queue',
  'set',
  'map',
  'vmap',
  'snat',
  'dnat',
  'redirect',
  'masquerade',
];

/**
 * Whether chance or a rate may have decided on a packet of a journey. Only rules count that can change its fate, and that it can meet: their
 * chain is in the journey, and what they say of addresses, ports and protocol fits. Of a native rule the chain is not known: each counts.
 */
export function mayMeetChance({ rules, natives }: RuleSet, journey: Packet[]): boolean {
  const walked = new Set(journey.flatMap(({ steps }) => steps.map(({ table, chain }) => `${table} ${chain}`)));
  const facts = journey.map(getPacketFacts);
  return (
    rules.some(({ entries }) => entries.some((entry) => walked.has(`${entry.table} ${entry.chain}`) && isMet(entry, facts))) ||
    natives.some(({ text }) => listNftRuleStatements(text).some((tokens) => isUncertainStatement(tokens.map((token) => token.text))))
  );
}

function isMet(entry: Entry, facts: PacketFacts[]): boolean {
  return 'rules' in entry && entry.rules.some((rule) => isUncertain(rule) && facts.some((own) => canMeet(getConditions(rule), own)));
}

function isUncertain({ matches, target }: Rule): boolean {
  const effect = target === null ? 'none' : (getTarget(target.name)?.effect ?? 'fate');
  return effect !== 'none' && matches.some(({ name }) => MATCHES.includes(name));
}

function isUncertainStatement(words: string[]): boolean {
  return NATIVE.some((word) => words.includes(word)) && DECIDING.some((word) => words.includes(word));
}
