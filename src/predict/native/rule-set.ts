import type { Family } from '../../model/rule.js';
import { type ReadChain, toKey } from '../chains/chain.js';
import { type ReadRuleSet, toRuleSet } from '../chains/rule-set.js';
import { walk } from '../chains/walk.js';
import { findTie, HOOKS, makeDoubt, type NativeBase, orderBases } from './hooks.js';
import { getMember, getNumber, getOnly, getText, isObject, type Json, toList } from './json.js';
import type { Scope } from './elements.js';
import { readRule } from './statement.js';

const FAMILIES: Record<string, Family[]> = { ip: ['ipv4'], ip6: ['ipv6'], inet: ['ipv4', 'ipv6'] };
/** What makes the kernel track the connections of a namespace (nf_ct_netns_get), in a statement or an expression. notrack does not. */
const TRACKING = [
  'ct',
  'ct count',
  'ct helper',
  'ct timeout',
  'ct expectation',
  'snat',
  'dnat',
  'masquerade',
  'redirect',
  'flow',
  'synproxy',
];

interface Table {
  family: string;
  name: string;
  scope: Scope;
  chains: Map<string, ReadChain>;
  bases: NativeBase[];
  tracked: Set<Family>;
  /** What of it is not modelled and may touch every packet; null if all is. */
  unmodelled: string | null;
}

/** A policy that is asked about: it gets the number of an entry. */
export interface NumberedPolicy {
  /** Those of its table. */
  families: Family[];
  table: string;
  chain: string;
  entry: number;
}

/**
 * Reads native rules.
 * @param listing what `nft -j -n list ruleset` writes: all values are numbers
 * @param ownTable the name of loopfw's own table, which changes no packet
 * @param policy the one that has a number; null: none has
 */
export function readNativeRuleSets(listing: Json, ownTable: string, policy: NumberedPolicy | null = null): Record<Family, ReadRuleSet> {
  const tables = readTables(toList(getMember(listing, 'nftables')), ownTable, policy);
  const read = (family: Family) => {
    const own = tables.filter((table) => FAMILIES[table.family]?.includes(family) ?? true);
    const bases = own.flatMap((table) => table.bases);
    const isTracking = own.some(({ tracked }) => tracked.has(family));
    const unmodelled = own.map((table) => table.unmodelled).find((what) => what !== null) ?? findTie(bases, isTracking);
    return {
      ...toRuleSet(unmodelled === null ? orderBases(bases) : [...HOOKS.values()].map((hook) => makeDoubt(hook, unmodelled)), isTracking),
      chains: own.flatMap(({ chains }) => [...chains.keys()]),
      read: own.map(({ chains }) => chains),
    };
  };
  return { ipv4: read('ipv4'), ipv6: read('ipv6') };
}

function readTables(objects: Json[], ownTable: string, policy: NumberedPolicy | null): Table[] {
  const tables = new Map<string, Table>();
  const getTable = (spec: Json) => tables.get(`${getText(spec, 'family')} ${getText(spec, 'table')}`);
  let entry = 0;
  // Rules name sets and chains that are listed later.
  for (const object of objects) {
    const [kind, spec] = getOnly(object) ?? ['', null];
    if (kind === 'table' && getText(spec, 'name') !== ownTable) {
      tables.set(`${getText(spec, 'family')} ${getText(spec, 'name')}`, makeTable(spec));
    } else {
      noteObject(kind, spec, getTable(spec), policy);
    }
  }
  const rules = objects.flatMap((object) => (isObject(object) && object['rule'] !== undefined ? [object['rule']] : []));
  for (const rule of rules) {
    noteChangedSets(toList(getMember(rule, 'expr')), getTable(rule)?.scope.sets);
  }
  for (const rule of rules) {
    const table = getTable(rule);
    const statements = toList(getMember(rule, 'expr'));
    if (table !== undefined && FAMILIES[table.family] !== undefined) {
      table.chains.get(toKey(table.name, getText(rule, 'chain')))?.rules.push(readRule(statements, entry++, table.scope));
      noteTracking(statements, table, FAMILIES[table.family] ?? []);
    } else if (table !== undefined) {
      table.unmodelled = `table ${table.family} ${table.name}`;
    }
  }
  return [...tables.values()];
}

function makeTable(spec: Json): Table {
  const [family, name] = [getText(spec, 'family'), getText(spec, 'name')];
  const scope = { family, sets: new Map<string, never>(), objects: new Map<string, never>() };
  const unmodelled = toList(getMember(spec, 'flags')).includes('dormant') ? 'a dormant table' : null;
  return { family, name, scope, chains: new Map(), bases: [], tracked: new Set(), unmodelled };
}

function noteObject(kind: string, spec: Json, table: Table | undefined, policy: NumberedPolicy | null): void {
  if (table === undefined) {
    return;
  }
  if (kind === 'chain') {
    noteChain(spec, table, policy);
  } else if (kind === 'set' || kind === 'map') {
    const elements = toList(getMember(spec, 'elem'));
    const isUnmodelled = toList(getMember(spec, 'stmt')).some((statement) => getOnly(statement)?.[0] !== 'counter');
    table.scope.sets.set(getText(spec, 'name'), { elements, isDynamic: false, isUnmodelled });
  } else {
    table.scope.objects.set(`${kind} ${getText(spec, 'name')}`, spec);
    // What an earlier flow expects is related to it.
    table.unmodelled = kind === 'ct expectation' ? kind : table.unmodelled;
    noteTracking({ [kind]: null }, table, FAMILIES[table.family] ?? []);
  }
}

function noteChain(spec: Json, table: Table, numbered: NumberedPolicy | null): void {
  const [name, type, at] = [getText(spec, 'name'), getText(spec, 'type'), getText(spec, 'hook')];
  const verdict = getText(spec, 'policy') === 'drop' ? 'DROP' : 'ACCEPT';
  const isNumbered =
    numbered?.table === table.name && numbered.chain === name && numbered.families.join() === FAMILIES[table.family]?.join();
  const policy = type === '' ? null : ({ verdict, entry: isNumbered ? numbered.entry : null } as const);
  const chain: ReadChain = { table: table.name, name, policy, rules: [] };
  const key = toKey(table.name, name);
  table.chains.set(key, chain);
  const hook = HOOKS.get(at);
  if (hook !== undefined) {
    const kind = type === 'nat' ? 'nat' : 'filter';
    table.bases.push({
      table: `${table.family} ${table.name}`,
      hook,
      key,
      kind,
      priority: getNumber(spec, 'prio'),
      walk: (...asked) => walk(table.chains, chain, ...asked),
    });
  } else if (at !== '') {
    table.unmodelled = `the hook ${at}`;
  }
}

/** Notes the sets to which rules add elements, and those that they change otherwise. */
function noteChangedSets(statements: Json[], sets: Scope['sets'] | undefined): void {
  for (const statement of statements) {
    const [kind, content] = getOnly(statement) ?? ['', null];
    const set = sets?.get(getText(content, 'set').slice(1)) ?? sets?.get(getText(content, 'map').slice(1));
    if (set !== undefined && (kind === 'set' || kind === 'map' || kind === 'meter')) {
      const isAdding = kind === 'set' && ['add', 'update'].includes(getText(content, 'op')) && getMember(content, 'stmt') === undefined;
      set.isDynamic = true;
      set.isUnmodelled ||= !isAdding;
    }
  }
}

/** Notes the families whose connections the kernel tracks because of statements: `dnat ip6` asks for IPv6 alone, in a table of inet too. */
function noteTracking(json: Json, table: Table, families: Family[]): void {
  for (const [kind, content] of Array.isArray(json)
    ? json.map((each) => ['', each] as const)
    : isObject(json)
      ? Object.entries(json)
      : []) {
    if (TRACKING.includes(kind)) {
      const own = kind === 'snat' || kind === 'dnat' ? FAMILIES[getText(content, 'family')] : undefined;
      (own ?? families).forEach((family) => table.tracked.add(family));
    }
    noteTracking(content, table, families);
  }
}
