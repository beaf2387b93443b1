import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Family, Rule } from '../../model/rule.js';
import { getTarget } from '../../rules/extensions/target-table.js';
import type { TARGETS } from '../../rules/extensions/target-table.js';
import { type PacketSet, toPacketSet } from '../../rules/packets/packet-set.js';
import { findUnmet } from '../../rules/rule/unmet.js';
import type { Action, Jump } from '../rule/action.js';
import { type ReadCondition, readConditions } from './conditions.js';
import { findNeed } from './needs.js';
import { TARGET_MODELS } from '../targets/table.js';

export interface ReadRule {
  /** The index of its entry in the scenario. */
  entry: number | null;
  /** They are asked in this order. */
  conditions: ReadCondition[];
  /** action: what its target does · null: it has no target. */
  then: { action: Action; translates: boolean } | Jump | null;
  reach: Reach;
}

/** What is known of the packets that a rule can match, without a packet at hand. */
export interface Reach {
  /** Every packet that matches is in this set. Not every packet of the set matches. */
  getSet: () => PacketSet;
  /** The chains to which the rule may lead, and the packets that it leads there. */
  listLeads: () => { to: string; set: PacketSet }[];
  /** A condition that no packet meets, as it is written; null if there is none. */
  getUnmet: () => string | null;
  /** What it needs of a packet that no probe sends; null if nothing is known. */
  getNeed: () => string | null;
  /** Whether packets may leave their hook here, and go on to the next one. */
  accepts: boolean;
  /** Whether it takes packets out of connection tracking, or into a zone of it: their answers then belong to no connection. */
  untracks: boolean;
  /** Whether it changes addresses, ports or other fields of a packet in its place, without a connection of NAT. */
  rewrites: boolean;
  /** The user that it asks for; null for any. */
  user: number | null;
}

export interface ReadChain {
  table: string;
  name: string;
  policy: Chain['policy'];
  rules: ReadRule[];
}

export function toKey(table: string, chain: string): string {
  return `${table} ${chain}`;
}

export function readChain({ table, name, policy, lines }: Chain<PlannedLine>, family: Family): ReadChain {
  const rules = lines.map(({ entry, rule }): ReadRule => ({
    entry,
    conditions: readConditions(rule, family),
    then: readTarget(rule, family),
    reach: readReach(rule, family),
  }));
  return { table, name, policy, rules };
}

function readReach(rule: Rule, family: Family): Reach {
  const { target, matches } = rule;
  let set: PacketSet | null = null;
  const getSet = () => (set ??= toPacketSet(rule));
  const isJump = target !== null && getTarget(target.name) === null;
  const owner = matches.flatMap(({ name, options }) => (name === 'owner' ? options : [])).find(({ flag }) => flag === '--uid-owner');
  return {
    getSet,
    listLeads: () => (isJump ? [{ to: target.name, set: getSet() }] : []),
    getUnmet: () => findUnmet(rule, family),
    getNeed: () => findNeed(rule, family),
    accepts: target?.name === 'ACCEPT',
    untracks:
      target?.name === 'NOTRACK' ||
      (target?.name === 'CT' && target.options.some(({ flag }) => flag === '--notrack' || flag.startsWith('--zone'))),
    rewrites: false,
    user: owner === undefined || owner.negated || !/^\d+$/.test(owner.values[0] ?? '') ? null : Number(owner.values[0]),
  };
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
