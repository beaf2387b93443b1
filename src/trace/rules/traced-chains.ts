import type { HeldChain } from '../../model/evidence.js';
import type { NftBase, NftChain, NftListing, NftRule } from '../../model/nft-listing.js';
import type { NatDestination, Chain, Instability, FamilyRules, RuleAction } from '../../model/plan.js';
import type { Family } from '../../model/rule.js';
import { CertainDrops } from '../../rules/stability/certain-drops.js';
import { readNftWay, USES_VERDICT_MAP } from '../../rules/stability/nft-ways.js';
import { findChangingSets, readNftRetransmissionTraits } from '../../rules/stability/nft-traits.js';
import { findInstabilities } from '../../rules/stability/traits.js';
import { parseNatDestination } from '../../words/addresses.js';
import { isObserverChain, OBSERVER_CHAINS, TRACE_TABLE } from '../../words/nft-chain.js';
import { AFTER_ALL, getStation, type Station } from './hooks.js';

const FAMILIES: Record<NftChain['family'], Family[]> = { ip: ['ipv4'], ip6: ['ipv6'], inet: ['ipv4', 'ipv6'] };

/** nft's statements for NAT. `ct status dnat accept` is not one: it only tests what another rule did. */
const TRANSLATES = /^(?!.*\baccept\b).*\b(?:dnat|snat|masquerade|redirect)\b/;

/**
 * The priority at which the kernel runs all nat chains of a hook (nf_nat_ipv4_ops in nf_nat_proto.c). Their own priorities order them among
 * each other.
 */
const NAT_PRIORITIES: Record<NftBase['hook'], number> = { prerouting: -100, output: -100, input: 100, postrouting: 100, forward: 0 };

/** A chain of the rule set that is traced. */
export interface TracedChain {
  kind: 'iptables' | 'nft';
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
  rules: KnownRule[];
}

export interface KnownRule {
  /** The rule's handle in the kernel; null if the trace counts places instead. */
  handle: string | null;
  /** Index of the scenario's entry; null for a rule of loopfw's own. */
  entry: number | null;
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
 */
export function toTracedNftChains({ chains, lasting }: NftListing, ownTable: string): TracedChain[] {
  const rules = chains.flatMap((chain) => chain.rules);
  const changing = findChangingSets(lasting);
  const traits = chains.flatMap(({ base, rules }) =>
    rules.map(({ text, index }) => readNftRetransmissionTraits(index === null ? '' : text, changing, base?.hook ?? null)),
  );
  const instabilities = new Map(findInstabilities(traits).map((instability, place) => [rules[place], instability]));
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
    families: FAMILIES[family],
    ...{ table, name },
    isOwn: table === ownTable,
    isObserver: table === ownTable && isObserverChain(name),
    station: base && { hook: base.hook, order: getOrder(base, chains) },
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
  return Object.entries(OBSERVER_CHAINS).map(([name, hook]) => ({
    kind: 'nft',
    families: FAMILIES.inet,
    ...{ table: TRACE_TABLE, name },
    ...{ isOwn: true, isObserver: true, isNat: false },
    station: { hook, order: AFTER_ALL },
    policy: { verdict: 'accept', entry: null },
    rules: [],
  }));
}

/** How many chains of the same hook run before this one. */
function getOrder(base: NftBase, chains: NftChain[]): number {
  return chains.filter((other) => other.base?.hook === base.hook && isBefore(other.base, base)).length;
}

function isBefore(one: NftBase, other: NftBase): boolean {
  const [first, second] = [getAskedAt(one), getAskedAt(other)];
  return first === second && one.type === 'nat' && other.type === 'nat' ? one.priority < other.priority : first < second;
}

function getAskedAt({ type, hook, priority }: NftBase): number {
  return type === 'nat' ? NAT_PRIORITIES[hook] : priority;
}

/**
 * The chains of an iptables rule set, as the plan describes them.
 * @param listed the kernel's rule handles, in the order of the plan's lines; empty if the kernel has none
 */
export function toTracedIptablesChains(families: FamilyRules[], listed: Omit<HeldChain, 'packets' | 'bytes'>[]): TracedChain[] {
  const names = new Map(listed.map(({ family, table, chain, handles }) => [`${family} ${table} ${chain}`, handles]));
  return families
    .flatMap(({ chains }) => chains)
    .map((chain) => toTracedChain(chain, names.get(`${chain.family} ${chain.table} ${chain.name}`) ?? []));
}

function toTracedChain({ family, table, name, policy, lines }: Chain, handles: number[]): TracedChain {
  return {
    kind: 'iptables',
    families: [family],
    ...{ table, name },
    ...{ isOwn: false, isObserver: false },
    station: getStation(table, name),
    policy: policy && { verdict: policy.verdict === 'DROP' ? 'drop' : 'accept', entry: policy.entry },
    isNat: table === 'nat',
    rules: lines.map(({ entry, text, action, destination = null, instability = null }, place) => ({
      entry,
      text,
      action,
      destination,
      instability,
      handle: handles[place]?.toString() ?? null,
    })),
  };
}
