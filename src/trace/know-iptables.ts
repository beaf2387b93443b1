import type { HeldChain } from '../model/evidence.js';
import type { Chain, FamilyRules } from '../model/plan.js';
import { getStation } from './hooks.js';
import type { KnownChain } from './known-chain.js';

/**
 * What the plan says of the chains that iptables has made.
 * @param listed the kernel's names for the rules, where it has such: in the order of their chain, as the plan holds its lines
 */
export function knowIptables(families: FamilyRules[], listed: Omit<HeldChain, 'packets' | 'bytes'>[]): KnownChain[] {
  const names = new Map(listed.map(({ family, table, chain, handles }) => [`${family} ${table} ${chain}`, handles]));
  return families
    .flatMap(({ chains }) => chains)
    .map((chain) => knowChain(chain, names.get(`${chain.family} ${chain.table} ${chain.name}`) ?? []));
}

function knowChain({ family, table, name, policy, lines }: Chain, handles: string[]): KnownChain {
  return {
    kind: 'iptables',
    families: [family],
    ...{ table, name },
    isOwn: false,
    station: getStation(table, name),
    policy: policy && { verdict: policy.verdict === 'DROP' ? 'drop' : 'accept', entry: policy.entry },
    isNat: table === 'nat',
    rules: lines.map(({ entry, text, action, doubt = null }, place) => ({ entry, text, action, doubt, handle: handles[place] ?? null })),
  };
}
