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
  const entries = rules.flatMap((rule) => rule.entries);
  const uncertain = entries.filter((entry) => walked.has(`${entry.table} ${entry.chain}`) && listRules(entry).some(hasChance));
  if (uncertain.length > 0) {
    const facts = journey.map(getPacketFacts);
    const chains = new IdleChains(entries);
    if (uncertain.some((entry) => !chains.has(entry, entry.chain) && isMet(entry, facts, chains))) {
      return true;
    }
  }
  return natives.some(({ text }) => listNftRuleStatements(text).some((tokens) => isUncertainStatement(tokens.map((token) => token.text))));
}

function isMet(entry: Entry, facts: PacketFacts[], chains: IdleChains): boolean {
  return listRules(entry).some(
    (rule) => hasChance(rule) && !chains.isIdle(rule, entry) && facts.some((own) => canMeet(getConditions(rule), own)),
  );
}

function hasChance({ matches }: Rule): boolean {
  return matches.some(({ name }) => MATCHES.includes(name));
}

function listRules(entry: Entry): Rule[] {
  return 'rules' in entry ? entry.rules : [];
}

/** The user chains that do nothing with a packet: it is logged there, if at all, and comes back. ufw has a limit for these. */
class IdleChains {
  readonly #entries: Entry[];
  readonly #known = new Map<string, boolean>();

  constructor(entries: Entry[]) {
    this.#entries = entries;
  }

  has({ family, table }: Pick<Entry, 'family' | 'table'>, chain: string): boolean {
    const key = `${family} ${table} ${chain}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    // A chain that leads to itself is not idle.
    this.#known.set(key, false);
    const own = this.#entries.filter((entry) => entry.family === family && entry.table === table && entry.chain === chain);
    const isMade = own.some(({ kind }) => kind === 'new-chain');
    const isIdle =
      isMade && own.every((entry) => listRules(entry).every((rule) => rule.target?.name === 'RETURN' || this.isIdle(rule, entry)));
    this.#known.set(key, isIdle);
    return isIdle;
  }

  /** Whether a rule lets a packet go on behind it, as if it had not matched. */
  isIdle({ target }: Rule, place: Pick<Entry, 'family' | 'table'>): boolean {
    if (target === null) {
      return true;
    }
    const row = getTarget(target.name);
    if (row !== null && row !== undefined) {
      return row.verdict === 'continue' && (typeof row.effect === 'function' ? row.effect(target.options) : row.effect) === 'none';
    }
    return target.how === 'jump' && this.has(place, target.name);
  }
}

function isUncertainStatement(words: string[]): boolean {
  return NATIVE.some((word) => words.includes(word)) && DECIDING.some((word) => words.includes(word));
}
