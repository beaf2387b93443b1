import type { TableSpace, TraceEvent } from '../../model/evidence.js';
import type { Step } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import { FAULT_TABLE_NAME, isTableOfWorld, TRACE_TABLE } from '../../words/nft-chain.js';
import { FAULT_STATION, type FindFault, makeFaultChain } from './fault-chains.js';
import { getStation, getStationAt, HookOrder, type HookPlace } from './hooks.js';
import type { KnownRule, TracedChain } from './traced-chains.js';

/** A chain for the packets of one family. Each chain has exactly one such object, so it can be the key of a map. */
export interface IndexedChain {
  family: Family;
  table: string;
  name: string;
  /** null for a chain that iptables has made and that is not part of the plan. */
  known: TracedChain | null;
  space: TableSpace;
  /** The place of a base chain; null for a chain that only other chains jump to. */
  station: HookPlace | null;
  rules: IndexedRule[];
  /** The rules that may decide a retransmission differently, in their order. */
  unstable: IndexedRule[];
  /** A list of this chain only. Nearly all packets visit one chain of a rank, and share this list. */
  alone: readonly IndexedChain[];
}

/** A rule for the packets of one family. Each rule has exactly one such object. */
export interface IndexedRule {
  chain: IndexedChain;
  /** The place in the chain, from 0. */
  place: number;
  rule: KnownRule;
}

interface IndexedTable {
  chains: Map<string, IndexedChain>;
  /** By handle. */
  rules: Map<string, IndexedRule>;
}

type Place = Pick<TraceEvent, 'family' | 'space' | 'table' | 'chain'>;

type Tables = Record<TableSpace, Map<string, IndexedTable>>;

/** Finds the chain and the rule that an event of the kernel's trace names. */
export class RuleIndex {
  /** Nested maps: one key made of all names would cost a string for each event. */
  #tables: Record<Family, Tables> = { ipv4: makeTables(), ipv6: makeTables() };
  #order: HookOrder;
  /** The places of the legacy back end's tables, by hook and table. */
  readonly #legacyPlaces = new Map<Step['hook'], Map<string, HookPlace>>();

  readonly #findFault: FindFault;
  #hasInstabilities = false;

  /** @param findFault knows the faults of the world, also those that begin later */
  constructor(chains: TracedChain[], findFault: FindFault = () => null) {
    this.#findFault = findFault;
    this.#order = new HookOrder([]);
    this.replace(chains);
  }

  /** Other chains are there from now on. Packets on their way lose what they have in common with the earlier ones. */
  replace(chains: TracedChain[]): void {
    this.#tables = { ipv4: makeTables(), ipv6: makeTables() };
    this.#legacyPlaces.clear();
    this.#order = new HookOrder([FAULT_STATION, ...chains.map(({ station }) => station).filter((station) => station !== null)]);
    for (const chain of chains) {
      for (const family of chain.families) {
        this.#add(family, chain);
      }
    }
  }

  /** Whether the event names a rule or a chain that may be there and is not known. Legacy events have no names of their own. */
  isUnknown(event: TraceEvent): boolean {
    if (event.space === 'legacy' || (event.space === 'inet' && (isTableOfWorld(event.table) || event.table === TRACE_TABLE))) {
      return false;
    }
    const isRule = event.type === 'rule' && event.rule !== null;
    return isRule ? this.getRule(event) === null : this.getChain(event).known === null && this.getChain(event).station === null;
  }

  /** Whether any rule may decide a retransmission differently. */
  get hasInstabilities(): boolean {
    return this.#hasInstabilities;
  }

  /** The rule that the packet met; null if the event names no known rule. A fault is one rule, by whichever of its rules it ends a packet. */
  getRule(event: TraceEvent): IndexedRule | null {
    if (event.rule === null) {
      return null;
    }
    if (isOfFaults(event)) {
      return event.verdict === 'drop' ? (this.getChain(event).rules[0] ?? null) : null;
    }
    if ('place' in event.rule) {
      return this.getChain(event).rules[event.rule.place] ?? null;
    }
    return this.#tables[event.family][event.space].get(event.table)?.rules.get(event.rule.handle) ?? null;
  }

  /** The place of a table of the legacy back end in a hook. Its events name the hook, for a user chain has none. */
  getLegacyPlace(hook: Step['hook'], table: string): HookPlace {
    let places = this.#legacyPlaces.get(hook);
    if (places === undefined) {
      places = new Map();
      this.#legacyPlaces.set(hook, places);
    }
    let place = places.get(table);
    if (place === undefined) {
      place = this.#order.get(getStationAt(hook, table));
      places.set(table, place);
    }
    return place;
  }

  /** The chain that the packet met. An unknown chain is added. */
  getChain({ family, space, table, chain }: Place): IndexedChain {
    const known = this.#tables[family][space].get(table)?.chains.get(chain);
    if (known !== undefined) {
      return known;
    }
    if (isOfFaults({ space, table })) {
      return this.#add(family, makeFaultChain(table, chain, this.#findFault(chain)));
    }
    const station = getStation(table, chain);
    return this.#set(makeChain({ family, space, table, chain }, null, station && this.#order.get(station)));
  }

  /**
   * Whether a chain has nothing of the scenario, and is there because of loopfw: it has a rule of loopfw's, or its whole table is only
   * there for such rules.
   */
  isOwn(chain: IndexedChain): boolean {
    const isScenarios = ({ known }: IndexedChain) => known !== null && !known.isOwn && hasEntry(known);
    const isTraced = chain.rules.some(({ rule }) => rule.entry === null);
    return !isScenarios(chain) && (isTraced || ![...this.#getTable(chain).chains.values()].some(isScenarios));
  }

  #add(family: Family, known: TracedChain): IndexedChain {
    const { space, table, name, station } = known;
    const chain = this.#set(makeChain({ family, space, table, chain: name }, known, station && this.#order.get(station)));
    for (const [place, rule] of known.rules.entries()) {
      const indexed = { chain, place, rule };
      chain.rules.push(indexed);
      if (rule.instability !== null) {
        chain.unstable.push(indexed);
        this.#hasInstabilities = true;
      }
      if (rule.handle !== null) {
        this.#getTable(chain).rules.set(rule.handle, indexed);
      }
    }
    return chain;
  }

  #set(chain: IndexedChain): IndexedChain {
    this.#getTable(chain).chains.set(chain.name, chain);
    return chain;
  }

  #getTable({ family, space, table: name }: IndexedChain): IndexedTable {
    const tables = this.#tables[family][space];
    const table = tables.get(name) ?? { chains: new Map(), rules: new Map() };
    tables.set(name, table);
    return table;
  }
}

function isOfFaults({ space, table }: Pick<TraceEvent, 'space' | 'table'>): boolean {
  return space === 'inet' && table === FAULT_TABLE_NAME;
}

/** A policy in a rule set file has no number, and ACCEPT there has no effect. */
function hasEntry({ kind, policy, rules }: TracedChain): boolean {
  return (
    kind === 'nft' || policy === null || policy.verdict === 'drop' || policy.entry !== null || rules.some(({ entry }) => entry !== null)
  );
}

function makeTables(): Tables {
  return { ip: new Map(), ip6: new Map(), inet: new Map(), legacy: new Map() };
}

function makeChain({ family, space, table, chain: name }: Place, known: TracedChain | null, station: HookPlace | null): IndexedChain {
  const chain: IndexedChain = { family, space, table, name, known, station, rules: [], unstable: [], alone: [] };
  chain.alone = [chain];
  return chain;
}
