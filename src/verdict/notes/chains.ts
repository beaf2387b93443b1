import type { ReadChain, ReadRule } from '../../predict/chains/chain.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';

/** A rule in its chain. */
export interface PlacedRule {
  rule: ReadRule;
  chain: ReadChain;
}

/** The chains of iptables of a family. */
export interface Chains {
  /** By table and name. */
  byKey: ReadonlyMap<string, ReadChain>;
  /** By the table and name of a chain: the rules that lead to it. */
  leading: ReadonlyMap<string, PlacedRule[]>;
}

const HOOKS = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

export function readChains({ read }: Pick<ReadRuleSet, 'read'>): Chains {
  const byKey = new Map(read.flatMap((chains) => [...chains]));
  const leading = new Map<string, PlacedRule[]>();
  for (const chain of byKey.values()) {
    for (const rule of chain.rules) {
      if (rule.then !== null && 'to' in rule.then) {
        const key = `${chain.table} ${rule.then.to}`;
        leading.set(key, [...(leading.get(key) ?? []), { rule, chain }]);
      }
    }
  }
  return { byKey, leading };
}

export function listRules({ byKey }: Chains): PlacedRule[] {
  return [...byKey.values()].flatMap((chain) => chain.rules.map((rule) => ({ rule, chain })));
}

/** The rules that lead to a chain. */
export function listLeading({ table, name }: ReadChain, { leading }: Chains): PlacedRule[] {
  return leading.get(`${table} ${name}`) ?? [];
}

/** Whether a packet comes to a chain from a hook, and not from a rule. */
export function isBase({ name }: ReadChain): boolean {
  return HOOKS.includes(name);
}

/** The chains of hooks from which rules lead to a chain. */
export function listHooks(chain: ReadChain, chains: Chains, seen = new Set<ReadChain>()): string[] {
  if (isBase(chain)) {
    return [chain.name];
  }
  if (seen.has(chain)) {
    return [];
  }
  seen.add(chain);
  return [...new Set(listLeading(chain, chains).flatMap((leading) => listHooks(leading.chain, chains, seen)))];
}
