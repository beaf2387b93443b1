import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Backend, Step } from '../../model/result.js';
import type { Family, Rule, Table } from '../../model/rule.js';
import type { MATCHES } from '../../rules/extensions/match-table.js';
import type { TARGETS } from '../../rules/extensions/target-table.js';
import type { Guess } from '../rule/action.js';
import type { Place } from '../rule/condition.js';
import type { Packet } from '../world/packet.js';
import { type ReadChain, readChain, toKey } from './chain.js';
import { type Exit, type Log, walk } from './walk.js';

export type Hook = Step['hook'];

/** A chain that the kernel asks at a hook. */
export interface BaseChain {
  hook: Hook;
  /** Its table and name: `filter INPUT`. */
  key: string;
  kind: 'filter' | 'nat';
  /** The kernel asks the chains of a hook in the order of their priorities. */
  priority: number;
  walk: (packet: Packet, place: Place, guess: Guess, log: Log) => Exit;
}

/**
 * What the kernel does at a hook.
 * - track: connection tracking takes the packet
 * - nat: the first packet of a flow is led through these chains, until one of them decides; all packets are translated
 */
export type Stage = { kind: 'filter'; chain: BaseChain } | { kind: 'track' } | { kind: 'nat'; chains: BaseChain[] };

/** The rules of a family, ready to be asked. */
export interface ReadRuleSet {
  /** By hook, in the order in which the kernel calls them. */
  stages: Record<Hook, Stage[]>;
  /** All chains, by table and name: `filter INPUT`. */
  chains: string[];
  /** The chains with their rules, by table and name: those of each back end of iptables, or of each table of nft. */
  read: ReadonlyMap<string, ReadChain>[];
  /** Whether the kernel tracks connections: only if a rule needs it. */
  isTracking: boolean;
}

/** Chains of one back end, in the order of iptables-save, and when each base chain was loaded: a greater number is later. */
export interface Layer {
  backend: Backend;
  chains: Chain<PlannedLine>[];
  getLoaded: (table: Table, chain: string) => number;
}

const HOOKS: Hook[] = ['prerouting', 'input', 'forward', 'output', 'postrouting'];
/** linux/netfilter_ipv4.h. nat has the priority of its hook. iptables-nft gives table security another one (iptables/nft.c). */
const LEGACY_PRIORITIES: Record<Exclude<Table, 'nat'>, number> = { raw: -300, mangle: -150, filter: 0, security: 50 };
const PRIORITIES: Record<Backend, typeof LEGACY_PRIORITIES> = {
  nft: { ...LEGACY_PRIORITIES, security: 150 },
  legacy: LEGACY_PRIORITIES,
};
export const NAT_PRIORITIES = { prerouting: -100, output: -100, input: 100, postrouting: 100 };
export const TRACKING = { hooks: ['prerouting', 'output'], priority: -200 };

/** What makes the kernel track the connections of a namespace (nf_ct_netns_get). NOTRACK does not. */
const TRACKING_MATCHES: string[] = [
  'cluster',
  'connbytes',
  'connlabel',
  'connlimit',
  'connmark',
  'conntrack',
  'helper',
  'state',
] satisfies (keyof typeof MATCHES)[];
const TRACKING_TARGETS: string[] = [
  'CONNMARK',
  'CONNSECMARK',
  'CT',
  'DNAT',
  'MASQUERADE',
  'NETMAP',
  'REDIRECT',
  'SNAT',
] satisfies (keyof typeof TARGETS)[];

/** Reads the rules of iptables: those of one back end, or of both, which all judge a packet. */
export function readRuleSet(layers: Layer[], family: Family): ReadRuleSet {
  const isTracking = layers.some(({ chains }) => chains.some(({ lines }) => lines.some(({ rule }) => needsTracking(rule))));
  const read: Map<string, ReadChain>[] = [];
  const bases = layers.flatMap(({ backend, chains, getLoaded }) => {
    const own = new Map(chains.map((chain) => [toKey(chain.table, chain.name), readChain(chain, family)]));
    read.push(own);
    return toBases(chains, own, PRIORITIES[backend]).map((base) => ({
      ...base,
      loaded: getLoaded(base.table, base.key.slice(base.table.length + 1)),
    }));
  });
  // Of chains with the same priority, the kernel asks the one first that was loaded last (measured).
  bases.sort((a, b) => b.loaded - a.loaded);
  return {
    ...toRuleSet(bases, isTracking),
    read,
    chains: [...new Set(layers.flatMap(({ chains }) => chains.map(({ table, name }) => toKey(table, name))))],
  };
}

/** @param bases those of the same hook and priority in the order in which the kernel asks them */
export function toRuleSet(bases: BaseChain[], isTracking: boolean): Omit<ReadRuleSet, 'chains' | 'read'> {
  const hasNat = bases.some(({ kind }) => kind === 'nat');
  const list = (hook: Hook): Stage[] => {
    const own = bases.filter((base) => base.hook === hook).sort((a, b) => a.priority - b.priority);
    const stages = own
      .filter(({ kind }) => kind === 'filter')
      .map((chain): { priority: number; stage: Stage } => ({ priority: chain.priority, stage: { kind: 'filter', chain } }));
    if (isTracking && TRACKING.hooks.includes(hook)) {
      stages.push({ priority: TRACKING.priority, stage: { kind: 'track' } });
    }
    // The kernel has its hooks for NAT as soon as there is one chain of nat (nf_nat_register_fn).
    if (hasNat && hook !== 'forward') {
      stages.push({ priority: NAT_PRIORITIES[hook], stage: { kind: 'nat', chains: own.filter(({ kind }) => kind === 'nat') } });
    }
    return stages.sort((a, b) => a.priority - b.priority).map(({ stage }) => stage);
  };
  const [prerouting, input, forward, output, postrouting] = HOOKS.map(list);
  return {
    stages: {
      prerouting: prerouting ?? [],
      input: input ?? [],
      forward: forward ?? [],
      output: output ?? [],
      postrouting: postrouting ?? [],
    },
    isTracking,
  };
}

function toBases(
  chains: Chain<PlannedLine>[],
  read: Map<string, ReadChain>,
  priorities: typeof LEGACY_PRIORITIES,
): (BaseChain & { table: Table })[] {
  return chains.flatMap(({ table, name, policy }) => {
    const key = toKey(table, name);
    const chain = read.get(key);
    const hook = HOOKS.find((each) => each === name.toLowerCase());
    if (chain === undefined || policy === null || hook === undefined) {
      return [];
    }
    const priority = table !== 'nat' ? priorities[table] : hook === 'forward' ? 0 : NAT_PRIORITIES[hook];
    return [{ table, key, hook, kind: table === 'nat' ? 'nat' : 'filter', priority, walk: (...asked) => walk(read, chain, ...asked) }];
  });
}

function needsTracking({ matches, target }: Rule): boolean {
  const isNotrack = target?.name === 'CT' && target.options.some(({ flag }) => flag === '--notrack');
  return (
    matches.some(({ name }) => TRACKING_MATCHES.includes(name)) || (target !== null && TRACKING_TARGETS.includes(target.name) && !isNotrack)
  );
}
