import type { Note } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import type { ScenarioRule } from '../../model/scenario.js';
import { type Inquiry, makeNote, nameEntry } from './inquiry.js';
import { type Chains, listHooks, listRules, type PlacedRule } from './chains.js';
import { describeBare, describeBefore, describeMisses, describeMove, describeOtherFamily } from './sentences.js';
import { findStanding, type Standing } from './standing.js';
import type { Subject } from './subject.js';
import { canMeet, describeUnmet } from './unmet.js';
import { isEnd } from './visit.js';

/** How much a standing tells of a rule. */
const TELLS: Standing['kind'][] = ['matched', 'behind', 'missed', 'not-led', 'unvisited', 'unreferenced'];

/** The rule that the scenario expects to decide, if another one or none has decided. */
export function findNamed({ result: { expected, rule }, rules }: Inquiry): ScenarioRule | null {
  const { rule: wanted } = expected;
  if (wanted === undefined || (rule !== null && (wanted === rule.index || wanted === rule.name))) {
    return null;
  }
  return [...rules.byIndex.values()].find(({ index, name }) => wanted === index || wanted === name) ?? null;
}

/** Why the rule that the scenario names has not decided. */
export function noteNamed(inquiry: Inquiry, named: ScenarioRule, subjects: Subject[], family: Family): Note[] {
  const { rules, network, result } = inquiry;
  const chains = rules.chains[family];
  const own = listRules(chains).filter(({ rule }) => rule.entry === named.index);
  const [request] = subjects;
  if (request === undefined) {
    return [];
  }
  if (own.length === 0) {
    return noteOtherFamily(inquiry, named, request, family);
  }
  const isOfAnswer = result.expected.cause === 'answer-eaten';
  const asked = [...subjects].sort((a, b) => Number((a.role === 'request') === isOfAnswer) - Number((b.role === 'request') === isOfAnswer));
  const standings = asked.flatMap((subject) =>
    own.map((placed) => ({ placed, subject, standing: findStanding(placed, subject.visits, chains) })),
  );
  const [best] = standings.sort((a, b) => TELLS.indexOf(a.standing.kind) - TELLS.indexOf(b.standing.kind));
  if (best === undefined) {
    return [];
  }
  const { placed, subject, standing } = best;
  const name = nameEntry(placed.rule, rules);
  const hook = listHooks(placed.chain, chains)[0] ?? '';
  switch (standing.kind) {
    case 'matched':
      return placed.rule.then === null ? makeNote('nearest', placed, rules, describeBare(placed, subject, rules)) : [];
    case 'missed':
      return noteMissed(placed, placed, subject, inquiry, findHook(subject, placed, chains));
    case 'not-led':
      return noteMissed(placed, standing.by, subject, inquiry, findHook(subject, standing.by, chains));
    case 'behind':
      return noteBehind(placed, standing, subject, inquiry, findHook(subject, placed, chains));
    case 'unreferenced':
      return makeNote(
        'other-chain',
        placed,
        rules,
        `${name} is in chain ${placed.chain.name} of table ${placed.chain.table}, and no rule leads there`,
      );
    case 'unvisited': {
      const isOnWay = canMeet(placed.chain, hook, subject, network);
      const text = isOnWay === false ? describeUnmet(placed.chain, hook, subject, network) : null;
      return text === null
        ? noteEarlierEnd(placed, hook, isOnWay, subject, inquiry)
        : makeNote('other-chain', placed, rules, `${name} ${text}`);
    }
  }
}

/** The hook at which a packet met the table of a rule. */
function findHook({ visits }: Subject, { chain }: PlacedRule, chains: Chains): string {
  const hooks = listHooks(chain, chains);
  return (
    hooks.find((hook) => visits.some((visit) => visit.table === chain.table && visit.hook.toUpperCase() === hook)) ?? ''
  ).toLowerCase();
}

/** @param missed the rule itself, or the one that leads to its chain */
function noteMissed(placed: PlacedRule, missed: PlacedRule, subject: Subject, { rules }: Inquiry, hook: string): Note[] {
  const fit = subject.getFit(missed, hook);
  if (fit === null || fit.of !== missed.rule) {
    return [];
  }
  const name = nameEntry(placed.rule, rules);
  const why = describeMisses(fit, 'it');
  return missed === placed
    ? makeNote('not-matched', placed, rules, `${name} was asked about ${subject.name} and did not match: ${why}`)
    : makeNote(
        'not-asked',
        placed,
        rules,
        `${name} was not asked about ${subject.name}: ${nameEntry(missed.rule, rules, placed.rule)} leads there and did not match: ${why}`,
      );
}

function noteBehind(
  placed: PlacedRule,
  standing: Extract<Standing, { kind: 'behind' }>,
  subject: Subject,
  { rules }: Inquiry,
  hook: string,
): Note[] {
  const fit = subject.getFit(placed, hook);
  const move = fit?.misses.length === 0 ? describeMove(standing, placed) : '';
  const either = fit?.of === placed.rule ? `; it would not have matched either: ${describeMisses(fit, 'it')}` : '';
  const text = `${nameEntry(placed.rule, rules)} was not asked about ${subject.name}: ${describeBefore(standing, placed, rules)}${move}${either}`;
  return makeNote('not-asked', placed, rules, text);
}

/** A packet that would have come to the chain, if a rule had not ended it before. */
function noteEarlierEnd(placed: PlacedRule, hook: string, isOnWay: boolean | null, subject: Subject, { rules }: Inquiry): Note[] {
  const { end } = subject;
  const by = end?.asked.at(-1);
  if (isOnWay !== true || end === undefined || by === undefined || !isEnd(by.verdict)) {
    return [];
  }
  const where = `${placed.chain.table} ${hook}`;
  const text = `${nameEntry(placed.rule, rules)} was not asked about ${subject.name}: ${nameEntry(by.rule, rules, placed.rule)} ended it in ${end.table} ${end.hook.toUpperCase()}, before it came to ${where}`;
  return makeNote('not-asked', placed, rules, text);
}

function noteOtherFamily({ rules }: Inquiry, named: ScenarioRule, request: Subject, family: Family): Note[] {
  const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
  const placed = listRules(rules.chains[other]).find(({ rule }) => rule.entry === named.index);
  return placed === undefined ? [] : makeNote('other-chain', placed, rules, describeOtherFamily(placed, request, family, rules));
}
