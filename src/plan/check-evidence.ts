import type { ClosingEvidence, FoundRules } from '../model/evidence.js';
import type { Chain, FamilyRules, PlannedLine, PlannedRuleSet } from '../model/plan.js';
import type { Rule } from '../model/rule.js';
import { isSameRule } from '../rules/is-same-rule.js';
import { mayEndPacketItself } from '../rules/may-end-packet-itself.js';
import { parseSave, type SavedChain } from '../rules/parse-save.js';
import type { CheckedEvidence, Counter } from './checked-evidence.js';
import { checkNftEvidence } from './check-nft-evidence.js';

const NO_HITS = { packets: 0, packetsBefore: 0 };

/** What the kernel counted at one rule or policy. */
interface Counted {
  packets: number;
  bytes: number;
  entry: number;
  text: string;
  /** The rule's place in its chain; null for the policy. */
  place: number | null;
  /** Whether the trace may have seen it more often than it was counted. */
  mayEndPacketItself: boolean;
}

/** Holds what the kernel says in the end against the plan, and its counters against the trace. */
export function checkEvidence(ruleSet: PlannedRuleSet, evidence: ClosingEvidence): CheckedEvidence {
  return ruleSet.kind === 'nft' ? checkNftEvidence(ruleSet, evidence) : checkIptablesEvidence(ruleSet.families, evidence);
}

/**
 * Holds what the kernel gave back against the plan, by meaning and not by text, and the trace against the kernel's counters.
 * The counters are exact; a trace can be lossy.
 */
function checkIptablesEvidence(
  families: FamilyRules<PlannedLine>[],
  { ruleSet, hits, unattributed, traceLost }: ClosingEvidence,
): CheckedEvidence {
  const found = ruleSet.kind === 'iptables' ? ruleSet.families : [];
  const traced = new Map(hits.map((hit) => [`${getKey(hit.family, hit.table, hit.chain)} ${hit.place}`, hit]));
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
      for (const counted of difference === null && found !== undefined ? getCounted(chain, found) : []) {
        addCounter(counters, counted);
        const { packets, packetsBefore } = traced.get(`${getKey(chain.family, chain.table, chain.name)} ${counted.place}`) ?? NO_HITS;
        const isShort = counted.packets < packetsBefore && !counted.mayEndPacketItself;
        // The kernel has said itself that it lost some: what it lost is missed by the probes whose time that was, and no contradiction.
        const isUnseen = counted.packets > packets + unattributed && !traceLost;
        if (isShort || isUnseen) {
          contradictions.push(
            `the kernel counted ${counted.packets} packets at entry ${counted.entry} (${counted.text}), the trace saw ${packets}`,
          );
        }
      }
    }
  }
  return { rules: null, counters, contradictions };
}

/** What a chain holds. Of plain rules only the counters are said. */
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

/** The kernel's counters of what comes from the scenario's entries. iptables-nft gives a policy a counter only with a header line, which only DROP has. */
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

/** Whether the kernel holds something in a chain of which the plan knows nothing. An empty chain of a loaded table is nothing. */
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
    // A chain that was given nothing but the policy that it has anyway need not exist.
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
