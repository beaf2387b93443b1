import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Family, Negatable, Rule, Table } from '../../model/rule.js';
import { getMatch, type MATCHES } from '../../rules/extensions/match-table.js';
import { getTarget } from '../../rules/extensions/target-table.js';
import type { TARGETS } from '../../rules/extensions/target-table.js';
import { protocolNumber } from '../../rules/values/protocol.js';
import type { Action } from '../rule/action.js';
import { combine, type Condition } from '../rule/condition.js';
import { flip } from '../world/answer.js';
import { readAddress } from '../matches/addresses.js';
import { MATCH_MODELS } from '../matches/table.js';
import { TARGET_MODELS } from '../targets/table.js';

export interface ReadCondition {
  ask: Condition;
  /** Whether it notes the packets that it is asked about. */
  remembers: boolean;
}

export interface ReadRule {
  /** The index of its entry in the scenario. */
  entry: number | null;
  /** They are asked in this order. */
  conditions: ReadCondition[];
  /** action: what its target does · null: it has no target. */
  then: { action: Action; translates: boolean } | { to: string; how: 'jump' | 'goto' } | null;
}

export interface ReadChain {
  table: Table;
  name: string;
  policy: Chain['policy'];
  rules: ReadRule[];
}

/** The rules of a family, ready to be asked. */
export interface ReadRuleSet {
  /** By table and name. */
  chains: Map<string, ReadChain>;
  /** Whether the kernel tracks connections: only if a rule needs it. */
  isTracking: boolean;
  hasNat: boolean;
}

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

export function readRuleSet(chains: Chain<PlannedLine>[], family: Family): ReadRuleSet {
  const rules = chains.flatMap(({ lines }) => lines.map(({ rule }) => rule));
  return {
    chains: new Map(chains.map((chain) => [toKey(chain.table, chain.name), readChain(chain, family)])),
    isTracking: rules.some(needsTracking),
    hasNat: chains.some(({ table }) => table === 'nat'),
  };
}

export function toKey(table: Table, chain: string): string {
  return `${table} ${chain}`;
}

function readChain({ table, name, policy, lines }: Chain<PlannedLine>, family: Family): ReadChain {
  const rules = lines.map(({ entry, rule }): ReadRule => ({
    entry,
    conditions: readConditions(rule, family),
    then: readTarget(rule, family),
  }));
  return { table, name, policy, rules };
}

function needsTracking({ matches, target }: Rule): boolean {
  const isNotrack = target?.name === 'CT' && target.options.some(({ flag }) => flag === '--notrack');
  return (
    matches.some(({ name }) => TRACKING_MATCHES.includes(name)) || (target !== null && TRACKING_TARGETS.includes(target.name) && !isNotrack)
  );
}

function readTarget({ target }: Rule, family: Family): ReadRule['then'] {
  if (target === null) {
    return null;
  }
  const row = getTarget(target.name);
  if (row === null) {
    return { to: target.name, how: target.how };
  }
  const model = TARGET_MODELS[target.name as keyof typeof TARGETS];
  return { action: model(target.options, family), translates: row.verdict === 'translate' };
}

function readConditions(
  { protocol, source, destination, inInterface, outInterface, fragment, matches }: Rule,
  family: Family,
): ReadCondition[] {
  const general = [
    ...readGeneral(protocol, readProtocol),
    ...readGeneral(source, (text) => readAddress('source', text)),
    ...readGeneral(destination, (text) => readAddress('destination', text)),
    ...readGeneral(inInterface, (name) => (_, place) => isNamed(place.inInterface, name)),
    ...readGeneral(outInterface, (name) => (_, place) => isNamed(place.outInterface, name)),
    // -f: no packet of a prediction is a later fragment.
    ...(fragment === null ? [] : [() => fragment.negated]),
  ];
  const own = matches.map(({ name, options }) => {
    const stability = getMatch(name)?.stability ?? 'memory';
    const remembers = (typeof stability === 'function' ? stability(options) : stability) === 'memory';
    return { ask: MATCH_MODELS[name as keyof typeof MATCHES](options, family), remembers };
  });
  return [...(general.length === 0 ? [] : [{ ask: combine(general), remembers: false }]), ...own];
}

function readGeneral(value: Negatable | null, read: (text: string) => Condition): Condition[] {
  if (value === null) {
    return [];
  }
  const condition = read(value.value);
  return [value.negated ? (packet, place) => flip(condition(packet, place), true) : condition];
}

function readProtocol(name: string): Condition {
  const number = Number(protocolNumber(name));
  return (packet) => packet.protocol === number;
}

/** `eth+` is every name that begins with eth. */
function isNamed(name: string, wanted: string): boolean {
  return wanted.endsWith('+') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}
