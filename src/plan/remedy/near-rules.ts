import type { NamedRule, NearRules } from '../../model/advice.js';
import type { Expectation, Packet, Step } from '../../model/result.js';
import type { Entry, Rule } from '../../model/rule.js';
import type { NativeRules, ProbeSpec, ScenarioRule } from '../../model/scenario.js';
import { printEntry } from '../../rules/rule/print.js';
import { canMeet } from '../../rules/stability/conditions.js';
import { getConditions } from '../../rules/stability/rule-traits.js';
import { getPacketFacts } from './packet-facts.js';

/** More rules of a kind are not offered: each is tried on its own. */
const MOST = 3;

const REWRITING = ['REDIRECT', 'DNAT'];
const STATES = ['conntrack', 'state'];
/** The verdicts with which a packet leaves a chain in the middle. */
const LEAVING: Step['verdict'][] = ['drop', 'reject', 'jump', 'goto'];

/** A rule of nft's listing that accepts answers, and nothing else. */
const NFT_STATE = /^ct state (?:established,related|related,established|established) accept(?: comment ".*")?$/;
/** A line of a native file at which a chain begins or ends. */
const NFT_CHAIN_EDGE = /^\s*(?:chain\b|\}|add\b|insert\b|table\b)/;

/**
 * Finds the rules that an advice on a probe can name.
 * @param rules all rules of the rule set that the probe met, the native ones too
 */
export function findNearRules(probe: ProbeSpec, rules: ScenarioRule[], natives: NativeRules[], journey: Packet[]): NearRules {
  return {
    late: [...findLate(probe.expect, rules, journey), ...findLateNative(rules, natives, journey)].slice(0, MOST),
    untracking: findUntracking(rules, journey).slice(0, MOST),
    twins: probe.via === null ? findTwins(rules, journey[0]).slice(0, MOST) : [],
    elsewhere: probe.via === null ? [] : findElsewhere(rules, journey[0]).slice(0, MOST),
  };
}

/** Targets that a rule may have so that the packet it takes ends as expected. */
function getWantedTargets({ outcome, cause }: Expectation, isAnswer: boolean): string[] {
  if (isAnswer || outcome === 'connected' || cause === 'service') {
    return ['ACCEPT'];
  }
  return outcome === 'refused' || outcome === 'unreachable' || cause === 'rejected' ? ['REJECT'] : [];
}

/** The rules behind the one that ended a packet, in a chain that the packet was in, that may take it and let it end as expected. */
function findLate(expected: Expectation, rules: ScenarioRule[], journey: Packet[]): NearRules['late'] {
  const ended = journey.findLast(isEnded);
  if (ended === undefined) {
    return [];
  }
  const isAnswer = ended !== journey[0];
  const wanted = getWantedTargets(expected, isAnswer);
  const facts = getPacketFacts(ended);
  const found = listWalked(ended).flatMap((chain) => {
    const own = getChains(rules).get(chain) ?? [];
    const last = ended.steps.findLast((step) => getKey(step) === chain);
    const before = own.find(({ owner }) => owner.index === last?.rule)?.owner;
    // After another last step, the packet has passed all rules of the chain: they were asked.
    return before === undefined || last === undefined || !LEAVING.includes(last.verdict)
      ? []
      : own.flatMap(({ owner, rule }) => {
          const isNamed = expected.rule !== undefined && (expected.rule === owner.index || expected.rule === owner.name);
          const isWanted = isNamed || wanted.includes(rule.target?.name ?? '');
          const role = getStateRole(rule);
          const mayTake = isWanted && role !== (isAnswer ? 'requests' : 'answers') && canMeet(getConditions(rule), facts);
          return mayTake && owner.index > before.index ? [{ owner, before, isNamed, role }] : [];
        });
  });
  const rank = ({ isNamed, role }: (typeof found)[number]) => (isNamed ? 0 : role === 'any' ? 2 : 1);
  return found
    .sort((a, b) => rank(a) - rank(b))
    .map(({ owner, before }) => ({
      ...{ rule: toNamed(owner), before: toNamed(before) },
      remedy: { kind: 'move-rule', index: owner.index, before: before.index },
    }));
}

/** The chains that a packet was in, each once. */
function listWalked({ steps }: Packet): string[] {
  return [...new Set(steps.map(getKey))];
}

function getKey({ table, chain }: Pick<Step, 'table' | 'chain'>): string {
  return `${table} ${chain}`;
}

/** A native rule that accepts answers, in the chain of the native rule that ended one and behind it. */
function findLateNative(rules: ScenarioRule[], natives: NativeRules[], journey: Packet[]): NearRules['late'] {
  const ended = journey.findLast(isEnded);
  const step = ended === journey[0] ? undefined : ended?.steps.find(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  const before = rules.filter(isIndexed).find(({ index, entries }) => index === (step?.rule ?? null) && entries.length === 0);
  const native = natives.find(({ file }) => file === before?.file);
  if (before === undefined || before.line === null || native === undefined || native.sources.length > 1) {
    return [];
  }
  const { line: start, file } = before;
  const lines = native.text.split('\n');
  return rules.filter(isIndexed).flatMap((rule) => {
    const { line } = rule;
    const isBehind = rule.file === file && line !== null && line > start && NFT_STATE.test(rule.text);
    return isBehind && !lines.slice(start, line - 1).some((between) => NFT_CHAIN_EDGE.test(between))
      ? [{ rule: toNamed(rule), before: toNamed(before), remedy: { kind: 'move-line' as const, file: native.file, line, before: start } }]
      : [];
  });
}

function isEnded({ steps }: Packet): boolean {
  return steps.some(({ verdict }) => verdict === 'drop' || verdict === 'reject');
}

/** Which packets of a flow a rule is for, as far as it asks for the state. */
function getStateRole({ matches }: Rule): 'answers' | 'requests' | 'any' {
  const option = matches.filter(({ name }) => STATES.includes(name)).flatMap(({ options }) => options);
  const states = option.find(({ flag }) => flag === '--ctstate' || flag === '--state');
  if (states === undefined || states.negated) {
    return 'any';
  }
  const words = states.values.join(',').split(',');
  return words.includes('NEW') ? (words.includes('ESTABLISHED') ? 'any' : 'requests') : 'answers';
}

/** Without connection tracking, no rule that asks for a state knows the answers. */
function findUntracking(rules: ScenarioRule[], journey: Packet[]): NamedRule[] {
  const raw = journey.flatMap(({ steps }) => steps.filter(({ table }) => table === 'raw'));
  const met = new Set(raw.map(({ rule }) => rule));
  const chains = [...new Set(raw.map(getKey))];
  const found = chains.flatMap((chain) => getChains(rules).get(chain) ?? []);
  return found.filter(({ owner, rule }) => met.has(owner.index) && isUntracking(rule)).map(({ owner }) => toNamed(owner));
}

function isUntracking({ target }: Rule): boolean {
  return target?.name === 'NOTRACK' || (target?.name === 'CT' && target.options.some(({ flag }) => flag === '--notrack'));
}

/** Rules of nat PREROUTING that would rewrite the request, if it came in by any interface. */
function findTwins(rules: ScenarioRule[], request: Packet | undefined): NearRules['twins'] {
  return listRewriting(rules, request).flatMap(({ owner, entry, rule }) => {
    if (rule.inInterface !== null) {
      return [];
    }
    // Only what goes to the world itself leaves by lo. Without this, a connection to any other host would be rewritten too.
    const twin = { ...rule, outInterface: { negated: false, value: 'lo' } };
    return [{ rule: toNamed(owner), line: printEntry({ ...entry, chain: 'OUTPUT', rules: [twin] }) }];
  });
}

/** Rules that ask for another interface than the one by which the request came in: otherwise one of them would have rewritten it. */
function findElsewhere(rules: ScenarioRule[], request: Packet | undefined): NearRules['elsewhere'] {
  return request?.rewrittenTo != null
    ? []
    : listRewriting(rules, request).flatMap(({ owner, rule: { inInterface } }) =>
        inInterface === null ? [] : [{ rule: toNamed(owner), asked: `${inInterface.negated ? '! ' : ''}-i ${inInterface.value}` }],
      );
}

function listRewriting(rules: ScenarioRule[], request: Packet | undefined): Appended[] {
  const found = getChains(rules).get('nat PREROUTING') ?? [];
  const facts = request === undefined || found.length === 0 ? null : getPacketFacts(request);
  return found.filter(
    ({ rule }) =>
      facts !== null && REWRITING.includes(rule.target?.name ?? '') && canMeet(getConditions({ ...rule, inInterface: null }), facts),
  );
}

/** A rule that was appended to its chain. */
interface Appended {
  owner: ScenarioRule & { index: number };
  entry: Extract<Entry, { kind: 'append' }>;
  rule: Rule;
}

const chainsOfRules = new WeakMap<ScenarioRule[], Map<string, Appended[]>>();

/** The appended rules of each chain in their order. Many probes ask for those of one rule set. */
function getChains(rules: ScenarioRule[]): Map<string, Appended[]> {
  const known = chainsOfRules.get(rules);
  if (known !== undefined) {
    return known;
  }
  const chains = new Map<string, Appended[]>();
  for (const owner of rules.filter(isIndexed)) {
    for (const entry of owner.entries) {
      if (entry.kind === 'append') {
        const chain = chains.get(getKey(entry)) ?? [];
        entry.rules.forEach((rule) => chain.push({ owner, entry, rule }));
        chains.set(getKey(entry), chain);
      }
    }
  }
  chainsOfRules.set(rules, chains);
  return chains;
}

function isIndexed(rule: ScenarioRule): rule is ScenarioRule & { index: number } {
  return rule.index !== null;
}

function toNamed({ index, name, text, file, line }: NamedRule): NamedRule {
  return { index, name, text, file, line };
}
