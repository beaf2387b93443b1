import type { OlderFlow } from '../../model/evidence.js';
import type { Backend, Note, ProbeResult } from '../../model/result.js';
import type { Family, Target } from '../../model/rule.js';
import type { ProbeSpec, Scenario, ScenarioRule, Server } from '../../model/scenario.js';
import type { ReadRule } from '../../predict/chains/chain.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';
import type { Network } from '../../predict/world/network.js';
import { toNetwork } from '../../predict/network.js';
import { readRules } from '../../predict/scenario.js';
import { getBaseName } from '../../words/rule-name.js';
import { type Chains, type PlacedRule, readChains } from './chains.js';

/** The rules of a phase. All of them are for iptables. */
export interface NotedRules {
  /** By their index. */
  byIndex: ReadonlyMap<number, ScenarioRule>;
  read: Record<Family, ReadRuleSet>;
  chains: Record<Family, Chains>;
}

/** What notes on a probe are made of. */
export interface Inquiry {
  probe: ProbeSpec;
  /** The result without notes. */
  result: ProbeResult;
  rules: NotedRules;
  network: Network;
  servers: Server[];
  /** null if the probe's flow is not older than the rule set, and where that explains nothing. */
  olderFlow: OlderFlow | null;
  /** Whether an earlier probe had the same client and port: then the rules alone do not tell what became of this one. */
  isFlowUsed: boolean;
}

/** @param usual the back end of the rules that name none */
export function readNotedRules(rules: ScenarioRule[], usual: Backend): NotedRules {
  const byIndex = new Map(rules.flatMap((rule): [number, ScenarioRule][] => (rule.index === null ? [] : [[rule.index, rule]])));
  const read = readRules(rules, usual);
  return { byIndex, read, chains: { ipv4: readChains(read.ipv4), ipv6: readChains(read.ipv6) } };
}

export function readNetwork(scenario: Pick<Scenario, 'world' | 'servers' | 'ipsets' | 'phases'>): Network {
  return toNetwork(scenario);
}

/** The target of a rule; null if it has none. */
export function getTarget({ entry }: ReadRule, { byIndex }: NotedRules): Target | null {
  const own = entry === null ? undefined : byIndex.get(entry);
  const [first] = own?.entries.flatMap((each) => (each.kind === 'append' || each.kind === 'insert' ? each.rules : [])) ?? [];
  return first?.target ?? null;
}

export function makeNote(kind: Note['kind'], { rule: { entry }, chain }: PlacedRule, { byIndex }: NotedRules, text: string): Note[] {
  const rule = entry === null ? undefined : byIndex.get(entry);
  if (rule === undefined) {
    return [];
  }
  const { index, name, text: own, file, line } = rule;
  return [
    {
      kind,
      rule: { index, name, table: chain.table, chain: chain.name, text: own, isPolicy: false, file, line },
      text: `${capitalize(text)}.`,
    },
  ];
}

/** `rule 16 (server.rules.v4, line 34)`. The file is left out where the sentence has named it. */
export function nameEntry({ entry }: ReadRule, { byIndex }: NotedRules, from: ReadRule | null = null): string {
  const rule = entry === null ? undefined : byIndex.get(entry);
  const first = from?.entry === undefined || from.entry === null ? undefined : byIndex.get(from.entry);
  if (rule === undefined) {
    return 'a rule';
  }
  const { index, name, file, line } = rule;
  const place = file === null || line === null ? '' : first?.file === file ? ` (line ${line})` : ` (${getBaseName(file)}, line ${line})`;
  return `rule ${index}${name === null ? '' : ` ${name}`}${place}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
