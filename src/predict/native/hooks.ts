import { type BaseChain, type Hook, NAT_PRIORITIES, TRACKING } from '../chains/rule-set.js';
import type { Guess } from '../rule/action.js';
import type { Memory } from '../rule/condition.js';

/** A base chain, and the family and name of its table. */
export interface NativeBase extends BaseChain {
  table: string;
}

export const HOOKS = new Map<string, Hook>(
  (['prerouting', 'input', 'forward', 'output', 'postrouting'] as const).map((hook) => [hook, hook]),
);

/** A chain with a priority of the kernel's own hooks: which of them comes first is not known. null if there is none. */
export function findTie(bases: BaseChain[], isTracking: boolean): string | null {
  const hasNat = bases.some(({ kind }) => kind === 'nat');
  const isTied = bases.some(
    ({ hook, kind, priority }) =>
      kind === 'filter' &&
      ((isTracking && priority === TRACKING.priority && TRACKING.hooks.includes(hook)) ||
        (hasNat && hook !== 'forward' && priority === NAT_PRIORITIES[hook])),
  );
  return isTied ? 'a chain with a priority of the kernel itself' : null;
}

/** What stands for rules that are not modelled. */
export function makeDoubt(hook: Hook, unknown: string): BaseChain {
  return { hook, key: unknown, kind: 'filter', priority: -Infinity, walk: () => ({ verdict: 'unknown', why: unknown }) };
}

/**
 * Puts chains into the order in which the kernel asks them. Of chains with one priority it asks the one first that was added last
 * (nf_hook_entries_grow in net/netfilter/core.c). Within a table, the listing has chains in the order in which they were added. It does not
 * say which of two tables got its chain first.
 * @param bases as they are listed
 */
export function orderBases(bases: NativeBase[]): BaseChain[] {
  const groups = new Map<string, NativeBase[]>();
  for (const base of bases.toReversed()) {
    const key = `${base.hook} ${base.kind} ${base.priority}`;
    groups.set(key, [...(groups.get(key) ?? []), base]);
  }
  return [...groups.values()].flatMap((group) => (group.every(({ table }) => table === group[0]?.table) ? group : [join(group)]));
}

/** Chains of several tables as one chain. Their order is guessed once for all packets of a conversation. */
function join(group: NativeBase[]): BaseChain {
  const [first] = group;
  const known = new WeakMap<Memory, NativeBase[]>();
  if (first === undefined) {
    throw new Error('no chain');
  }
  return {
    ...first,
    walk: (packet, place, guess, log) => {
      const order = known.get(place.memory) ?? insertEach(group, guess);
      known.set(place.memory, order);
      let translates = false;
      for (const chain of order) {
        const exit = chain.walk(packet, place, guess, log);
        translates = exit.verdict === 'accept' && exit.translates;
        if (exit.verdict !== 'accept' || translates) {
          return exit;
        }
      }
      return { verdict: 'accept', translates };
    },
  };
}

function insertEach(group: NativeBase[], guess: Guess): NativeBase[] {
  const order: NativeBase[] = [];
  for (const chain of group) {
    let place = order.length;
    while (place > 0 && order[place - 1]?.table !== chain.table && guess('the order of two chains with one priority')) {
      place--;
    }
    order.splice(place, 0, chain);
  }
  return order;
}
