import type { CheckedEvidence, ClosingEvidence, Counter, FoundRules, FoundRuleSet, TraceHits } from '../model/evidence.js';
import type { Chain, FamilyRules, MixedRuleSet, PlannedLine, PlannedRuleSet } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import { isSameRule } from '../rules/rule/same.js';
import { mayEndPacketItself } from '../rules/rule/traits.js';
import { parseSave, type SavedChain } from '../rules/save/parse-save.js';
import { checkNftEvidence } from './check-nft-evidence.js';
import { makeNumbering } from './parts.js';

const NO_HITS = { packets: 0, packetsBefore: 0 };

/** The kernel's counters of one rule or policy. */
interface Counted {
  packets: number;
  bytes: number;
  entry: number;
  text: string;
  /** The rule's position in its chain; null for the policy. */
  place: number | null;
  /** Whether the trace may show more packets than the kernel has counted. */
  mayEndPacketItself: boolean;
}

/** Compares the rules in the kernel at the end with the plan, and the kernel's counters with the trace. */
export function checkEvidence(ruleSet: PlannedRuleSet, evidence: ClosingEvidence): CheckedEvidence {
  const found = evidence.ruleSet;
  switch (ruleSet.kind) {
    case 'nft':
      return checkNftEvidence([ruleSet], found.kind === 'nft' ? found : null, evidence);
    case 'iptables':
      return checkIptablesEvidence(ruleSet, found.kind === 'iptables' ? found.families : [], evidence);
    case 'mixed':
      return checkMixedEvidence(ruleSet, found.kind === 'mixed' ? found : { tables: [], native: null }, evidence);
  }
}

/** Checks the tables of each back end and the native rules, and joins what was found. */
function checkMixedEvidence(
  { parts, tables }: MixedRuleSet<PlannedLine>,
  found: Pick<Extract<FoundRuleSet, { kind: 'mixed' }>, 'tables' | 'native'>,
  evidence: Trace,
): CheckedEvidence {
  const files = parts.filter((part) => part.kind === 'nft');
  const native = files.length === 0 ? null : checkNftEvidence(files, found.native, evidence);
  const getIndex = makeNumbering(native?.natives?.flat() ?? []);
  const checked = tables.map((own, place) => checkIptablesEvidence(own, found.tables[place] ?? [], evidence, getIndex));
  const all = [...(native === null ? [] : [native]), ...checked];
  return {
    natives: native && native.natives,
    unseen: native?.unseen ?? [],
    counters: new Map(all.flatMap(({ counters }) => [...counters])),
    contradictions: all.flatMap(({ contradictions }) => contradictions),
  };
}

/** What the trace has shown. */
type Trace = Pick<ClosingEvidence, 'hits' | 'unattributed' | 'traceLost'>;

/**
 * Compares rules by meaning, not by text. The counters are exact, but the trace may have lost messages.
 * @param getIndex the index of an entry among all rules of the rule set
 */
function checkIptablesEvidence(
  { backend, families }: { backend: Backend; families: FamilyRules<PlannedLine>[] },
  found: FoundRules[],
  { hits, unattributed, traceLost }: Trace,
  getIndex = (entry: number) => entry,
): CheckedEvidence {
  const traced = new Map<string, Map<number | null, TraceHits>>();
  for (const hit of hits) {
    if (hit.space !== 'inet' && (hit.space === 'legacy') === (backend === 'legacy')) {
      const key = getKey(hit.family, hit.table, hit.chain);
      traced.set(key, (traced.get(key) ?? new Map<number | null, TraceHits>()).set(hit.place, hit));
    }
  }
  const counters = new Map<number, Counter>();
  const contradictions: string[] = [];
  for (const [place, rules] of families.entries()) {
    const chains = new Map(listFound(found[place], rules).map((chain) => [`${chain.table} ${chain.name}`, chain]));
    contradictions.push(...[...chains.values()].filter((found) => isUnplanned(found, rules)).map(describeUnplanned));
    for (const chain of rules.chains) {
      const found = chains.get(`${chain.table} ${chain.name}`);
      const difference = getDifference(chain, found);
      if (difference !== null) {
        contradictions.push(difference);
      }
      const seen = traced.get(getKey(chain.family, chain.table, chain.name));
      for (const local of difference === null && found !== undefined ? getCounted(chain, found) : []) {
        const counted = { ...local, entry: getIndex(local.entry) };
        addCounter(counters, counted);
        const { packets, packetsBefore } = seen?.get(counted.place) ?? NO_HITS;
        const isShort = counted.packets < packetsBefore && !counted.mayEndPacketItself;
        // If the kernel has reported a loss of trace messages, missing hits are no contradiction. The probes at the time of the loss report
        // it.
        const isUnseen = counted.packets > packets + unattributed && !traceLost;
        if (isShort || isUnseen) {
          contradictions.push(
            `the kernel counted ${counted.packets} packets at entry ${counted.entry} (${counted.text}), the trace saw ${packets}`,
          );
        }
      }
    }
  }
  return { natives: null, unseen: [], counters, contradictions };
}

/** The content of a chain in the kernel. For plain rules it has only the counters. */
type FoundChain = Omit<SavedChain, 'table' | 'rules'> & { table: string; rules: { rule: Rule | null; packets: number; bytes: number }[] };

function listFound(found: FoundRules | undefined, { family, chains }: FamilyRules<PlannedLine>): FoundChain[] {
  if (found === undefined || 'text' in found) {
    return parseSave(found?.text ?? '', family);
  }
  const byChain = new Map<string, FoundChain>();
  for (const { table, name, policy } of chains) {
    byChain.set(`${table} ${name}`, { table, name, policy: policy?.verdict ?? null, packets: 0, bytes: 0, rules: [] });
  }
  for (const { table, chain: name, packets, bytes } of found.chains) {
    const policy = byChain.get(`${table} ${name}`)?.policy ?? null;
    const rules = packets.map((count, place) => ({ rule: null, packets: count, bytes: bytes[place] ?? 0 }));
    byChain.set(`${table} ${name}`, { table, name, policy, packets: 0, bytes: 0, rules });
  }
  return [...byChain.values()];
}

function addCounter(counters: Map<number, Counter>, { entry, packets, bytes }: Counted): void {
  const sum = counters.get(entry) ?? { packets: 0, bytes: 0 };
  counters.set(entry, { packets: sum.packets + packets, bytes: (sum.bytes ?? 0) + bytes });
}

function getKey(family: string, table: string, chain: string): string {
  return `${family} ${table} ${chain}`;
}

/**
 * The kernel's counters of the rules and policies that come from the scenario. iptables-nft counts a policy only if the input has a header
 * line for its chain. Only a policy DROP always has one.
 */
function getCounted(chain: Chain<PlannedLine>, found: FoundChain): Counted[] {
  const counted: Counted[] = [];
  if (chain.policy?.verdict === 'DROP' && chain.policy.entry !== null) {
    counted.push({
      entry: chain.policy.entry,
      text: `-P ${chain.name} DROP`,
      place: null,
      packets: found.packets,
      bytes: found.bytes,
      mayEndPacketItself: false,
    });
  }
  for (const [place, { entry, text, rule }] of chain.lines.entries()) {
    const held = found.rules[place];
    if (entry !== null && held !== undefined) {
      counted.push({ entry, text, place, packets: held.packets, bytes: held.bytes, mayEndPacketItself: mayEndPacketItself(rule) });
    }
  }
  return counted;
}

/** Whether the kernel holds a chain that is not in the plan. An empty chain with the policy ACCEPT does not count. */
function isUnplanned({ table, name, policy, rules }: FoundChain, { chains }: FamilyRules<PlannedLine>): boolean {
  const isPlanned = chains.some((chain) => chain.table === table && chain.name === name);
  return !isPlanned && (rules.length > 0 || policy !== 'ACCEPT');
}

function describeUnplanned({ table, name }: FoundChain): string {
  return `the kernel holds chain ${name} of table ${table}, which nobody has asked for`;
}

function getDifference(chain: Chain<PlannedLine>, found: FoundChain | undefined): string | null {
  const where = `chain ${chain.name} of table ${chain.table}`;
  if (found === undefined) {
    // A built-in chain without rules and with the policy ACCEPT may be absent from the kernel.
    const isNothing = chain.lines.length === 0 && chain.policy?.verdict === 'ACCEPT';
    return isNothing ? null : `the kernel does not hold ${where}`;
  }
  if (chain.policy !== null && found.policy !== chain.policy.verdict) {
    return `${where} should have the policy ${chain.policy.verdict}, and has ${found.policy ?? 'none'}`;
  }
  if (found.rules.length !== chain.lines.length) {
    return `${where} should hold ${chain.lines.length} rules, and holds ${found.rules.length}`;
  }
  const different = chain.lines.find((line, place) => !isSameRule(line.rule, found.rules[place]?.rule ?? line.rule));
  return different === undefined ? null : `${where} does not hold the rule ${different.text} as it was given`;
}
