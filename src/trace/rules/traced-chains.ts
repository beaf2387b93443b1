import type { HeldChain, TableSpace } from '../../model/evidence.js';
import type { Backend } from '../../model/result.js';
import type { NftBase, NftChain, NftListing, NftRule } from '../../model/kernel/nft-listing.js';
import type { NatDestination, Chain, Instability, FamilyRules, OtherRules, RuleAction } from '../../model/plan.js';
import type { FaultPlan } from '../../model/program.js';
import type { Family } from '../../model/rule.js';
import { CertainDrops } from '../../rules/stability/certain-drops.js';
import { readNftWay, USES_VERDICT_MAP } from '../../rules/stability/nft-ways.js';
import { findChangingSets, readNftRetransmissionTraits } from '../../rules/stability/nft-traits.js';
import { findInstabilities } from '../../rules/stability/traits.js';
import { parseNatDestination } from '../../words/addresses.js';
import {
  FIRST_OF_ALL,
  JOURNEY_CHAINS,
  JOURNEY_TABLE,
  isObserverChain,
  LAST_OF_ALL,
  OBSERVER_CHAINS,
  TRACE_TABLE,
} from '../../words/nft-chain.js';
import { getStation, NAT_PRIORITIES, type Station } from './hooks.js';

const FAMILIES: Record<NftChain['family'], Family[]> = { ip: ['ipv4'], ip6: ['ipv6'], inet: ['ipv4', 'ipv6'] };

/** nft's statements for NAT. `ct status dnat accept` is not one: it only tests what another rule did. */
const TRANSLATES = /^(?!.*\baccept\b).*\b(?:dnat|snat|masquerade|redirect)\b/;

/** A chain of the rule set that is traced. */
export interface TracedChain {
  kind: 'iptables' | 'nft';
  space: TableSpace;
  /** The families whose packets meet the chain. */
  families: Family[];
  table: string;
  name: string;
  /** Whether loopfw made the chain for itself. Such a chain is never shown. */
  isOwn: boolean;
  /** Whether it is a chain of the observer: a packet that visits it has passed all other chains of the hook. */
  isObserver: boolean;
  /** Whether only the first packet of a flow passes the chain. */
  isNat: boolean;
  /** The position of a base chain; null for a chain that only other chains jump to. */
  station: Station | null;
  policy: { verdict: 'accept' | 'drop'; /** the index of the scenario's entry that set it, or null */ entry: number | null } | null;
  /** The program that its policy is of. Missing if only one back end of iptables has chains: its policies need no name. */
  program?: string;
  rules: KnownRule[];
  /** The fault to which the chain belongs. Missing for a chain of rules. */
  fault?: TracedFault;
}

/** What the trace must know of a fault. */
export type TracedFault = Pick<FaultPlan, 'text' | 'chain' | 'ends'>;

export interface KnownRule {
  /** The rule's handle in the kernel; null if the trace counts places instead. */
  handle: string | null;
  /** Index of the scenario's entry; null for a rule of loopfw's own, and for one that no scenario has. */
  entry: number | null;
  /** Whether it is neither the scenario's nor loopfw's: a program of the world has added it. Missing for all others. */
  isForeign?: true;
  text: string;
  /** What the rule does; null if only the trace tells. The kernel's trace shows a rejection as a drop, and a translation as an accept. */
  action: RuleAction | null;
  /** The destination that NAT gives; null if the rule does not say. */
  destination: NatDestination | null;
  /** null if the rule decides a retransmission as it decided the packet. */
  instability: Instability | null;
}

/**
 * The chains of a native rule set, as nft lists them.
 * @param ownTable the name of loopfw's own table
 * @param others the rules for iptables that judge the packets too; null if there are none
 */
export function toTracedNftChains({ chains, lasting }: NftListing, ownTable: string, others: OtherRules | null = null): TracedChain[] {
  const rules = chains.flatMap((chain) => chain.rules);
  const changing = findChangingSets(lasting);
  const traits = chains.flatMap(({ base, rules }) =>
    rules.map(({ text, index }) => readNftRetransmissionTraits(index === null ? '' : text, changing, base?.hook ?? null)),
  );
  const instabilities = new Map(findInstabilities(traits, false, { others }).map((instability, place) => [rules[place], instability]));
  const effects = new Map(traits.map(({ effect }, place) => [rules[place], effect]));
  const drops = new CertainDrops(
    chains.map(({ base, rules, ...chain }) => ({
      key: getKey(chain),
      policy: base && base.policy,
      ways: rules.map((rule) => readNftWay(rule.text, effects.get(rule) ?? 'fate', (name) => getKey({ ...chain, name }))),
    })),
    !rules.some(({ text }) => USES_VERDICT_MAP.test(text)),
  );
  const getInstability = (rule: NftRule, chain: string, place: number): Instability | null => {
    const instability = instabilities.get(rule) ?? null;
    return instability && { ...instability, harmless: [...instability.harmless, ...drops.find(chain, place)] };
  };
  return chains.map(({ family, table, name, base, rules }) => ({
    kind: 'nft',
    space: family,
    families: FAMILIES[family],
    ...{ table, name },
    isOwn: table === ownTable,
    isObserver: table === ownTable && isObserverChain(name),
    station: base && { hook: base.hook, priority: getPriority(base) },
    policy: base && { verdict: base.policy, entry: null },
    isNat: base?.type === 'nat',
    rules: rules.map((rule, place) => ({
      handle: rule.handle,
      entry: rule.index,
      text: rule.text,
      action: getAction(rule),
      destination: getNftDestination(rule),
      instability: getInstability(rule, getKey({ family, table, name }), place),
    })),
  }));
}

function getKey({ family, table, name }: Pick<NftChain, 'family' | 'table' | 'name'>): string {
  return `${family} ${table} ${name}`;
}

function getAction({ rejects, text }: NftRule): RuleAction | null {
  return rejects ? 'reject' : TRANSLATES.test(text.replace(/"[^"]*"/g, '')) ? 'translate' : null;
}

/** The destination of a `dnat to` in a listed rule. null for a map, whose address depends on the packet. */
function getNftDestination({ text }: NftRule): NatDestination | null {
  const [, range] = /\bdnat (?:ip6? )?to ([\d[:][^\s]*)/.exec(text) ?? [];
  return range === undefined ? null : parseNatDestination(range);
}

/** The observer's chains beside an iptables rule set. */
export function makeObserverChains(): TracedChain[] {
  return Object.entries(OBSERVER_CHAINS).map(([name, hook]) => makeOwnChain(name, { hook, priority: LAST_OF_ALL }, true));
}

/** The chains of loopfw's own table, beside rules that the table is not listed with. The world may lack some of them. */
export function makeOwnChains(isObserved: boolean): TracedChain[] {
  const first = (['prerouting', 'input', 'forward', 'output'] as const).map((hook) =>
    makeOwnChain(hook, { hook, priority: FIRST_OF_ALL }, false),
  );
  return [...first, ...(isObserved ? makeObserverChains() : [])];
}

/** The chains that mark and observe the packets of programs. */
export function makeJourneyChains(): TracedChain[] {
  const { start, end } = JOURNEY_CHAINS;
  return [
    makeOwnChain(start, { hook: 'output', priority: FIRST_OF_ALL }, false, JOURNEY_TABLE),
    makeOwnChain(end, { hook: 'input', priority: LAST_OF_ALL }, true, JOURNEY_TABLE),
  ];
}

function makeOwnChain(name: string, station: Station, isObserver: boolean, table = TRACE_TABLE): TracedChain {
  return {
    kind: 'nft',
    space: 'inet',
    families: FAMILIES.inet,
    ...{ table, name },
    ...{ isOwn: true, isObserver, isNat: false },
    station,
    policy: { verdict: 'accept', entry: null },
    rules: [],
  };
}

function getPriority({ type, hook, priority }: NftBase): number {
  return type === 'nat' ? NAT_PRIORITIES[hook] : priority;
}

/**
 * The chains of an iptables rule set, as the plan describes them.
 * @param numbers the index of each entry among all rules of the rule set; null if the entries have it themselves
 * @param listed the kernel's rule handles, in the order of the plan's lines; empty if the kernel has none
 * @param isNamed whether the other back end has chains of the same names
 */
export function toTracedIptablesChains(
  families: FamilyRules[],
  backend: Backend,
  listed: Omit<HeldChain, 'packets' | 'bytes'>[],
  numbers: number[] | null = null,
  isNamed = false,
): TracedChain[] {
  const names = new Map(listed.map(({ family, table, chain, handles }) => [`${family} ${table} ${chain}`, handles]));
  return families
    .flatMap(({ chains }) => chains)
    .map((chain) => ({
      ...toTracedChain(chain, backend, names.get(`${chain.family} ${chain.table} ${chain.name}`) ?? [], numbers),
      ...(isNamed ? { program: `${chain.family === 'ipv6' ? 'ip6tables' : 'iptables'}-${backend}` } : {}),
    }));
}

function toTracedChain(
  { family, table, name, policy, lines }: Chain,
  backend: Backend,
  handles: number[],
  numbers: number[] | null,
): TracedChain {
  const getNumber = (entry: number | null) => (entry === null || numbers === null ? entry : (numbers[entry] ?? null));
  return {
    kind: 'iptables',
    space: backend === 'legacy' ? 'legacy' : family === 'ipv6' ? 'ip6' : 'ip',
    families: [family],
    ...{ table, name },
    ...{ isOwn: false, isObserver: false },
    station: getStation(table, name),
    policy: policy && { verdict: policy.verdict === 'DROP' ? 'drop' : 'accept', entry: getNumber(policy.entry) },
    isNat: table === 'nat',
    rules: lines.map(({ entry, text, action, destination = null, instability = null }, place) => ({
      entry: getNumber(entry),
      text,
      action,
      destination,
      instability,
      handle: handles[place]?.toString() ?? null,
    })),
  };
}
