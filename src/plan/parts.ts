import type { RunBackend, Backend, LoadedRules } from '../model/result.js';
import type { Entry, Rule } from '../model/rule.js';
import type { NativeRules, RuleSet, Scenario, ScenarioRule } from '../model/scenario.js';
import { getTarget } from '../rules/extensions/target-table.js';
import { isBuiltInChain } from '../rules/tables.js';

/** Rules of a rule set that are loaded together: those of one back end, or a native file. */
export type RuleGroup = { kind: 'iptables'; backend: Backend; rules: ScenarioRule[] } | { kind: 'nft'; native: NativeRules };

/**
 * Splits a rule set into the groups that are loaded one after the other, in their order.
 * @param usual the back end of the rules that name none
 */
export function splitRuleSet({ rules, natives }: RuleSet, usual: Backend): RuleGroup[] {
  const groups: RuleGroup[] = [];
  let done = 0;
  const addRules = (end: number) => {
    for (; done < end; done++) {
      const rule = rules[done];
      const last = groups.at(-1);
      if (rule !== undefined && last?.kind === 'iptables' && last.backend === (rule.backend ?? usual)) {
        last.rules.push(rule);
      } else if (rule !== undefined) {
        groups.push({ kind: 'iptables', backend: rule.backend ?? usual, rules: [rule] });
      }
    }
  };
  for (const native of natives) {
    addRules(native.after);
    groups.push({ kind: 'nft', native });
  }
  addRules(rules.length);
  return groups;
}

/**
 * The rules that are loaded with each group. Only the first rule in a base chain (legacy: in a table) makes the kernel call it, so only this
 * first one must be loaded at its place among the other groups. A group without such a rule is loaded with the group of its back end before
 * it: rules that change between the back ends 50,000 times do not take 50,000 commands.
 */
export function listLoads(groups: RuleGroup[]): ScenarioRule[][] {
  const known: Record<Backend, Set<string>> = { nft: new Set(), legacy: new Set() };
  const last: Record<Backend, ScenarioRule[] | null> = { nft: null, legacy: null };
  return groups.map((group) => {
    if (group.kind === 'nft') {
      return [];
    }
    const { backend, rules } = group;
    const bases = rules.flatMap(({ entries }) => entries).flatMap((entry) => getBase(entry, backend) ?? []);
    const isNew = bases.some((base) => !known[backend].has(base));
    bases.forEach((base) => known[backend].add(base));
    const before = last[backend];
    if (before !== null && !isNew) {
      before.push(...rules);
      return [];
    }
    const own = [...rules];
    last[backend] = own;
    return own;
  });
}

/** What an entry makes the kernel call. null for an entry of a user chain in nf_tables. */
function getBase({ family, table, chain }: Entry, backend: Backend): string | null {
  if (backend === 'legacy') {
    return `${family} ${table}`;
  }
  return isBuiltInChain(table, chain) ? `${family} ${table} ${chain}` : null;
}

/** The back ends that hold the rules of a scenario. Native rules are in nf_tables. Without any rule it is the usual one. */
export function getRunBackend({ phases }: Pick<Scenario, 'phases'>, usual: Backend): RunBackend {
  const held = new Set<Backend>();
  for (const { ruleSet } of phases) {
    ruleSet?.rules.forEach(({ backend }) => held.add(backend ?? usual));
    ruleSet?.natives.forEach(() => held.add('nft'));
  }
  return held.size === 2 ? 'nft+legacy' : ([...held][0] ?? usual);
}

/** Whether iptables applies a rule set. It also applies one without any rule. */
export function isForIptables({ rules, natives }: RuleSet): boolean {
  return rules.length > 0 || natives.length === 0;
}

/** The back ends whose iptables applies a rule set. */
export function listIptables(ruleSet: RuleSet, usual: Backend): Backend[] {
  const held = new Set(ruleSet.rules.map(({ backend }) => backend ?? usual));
  return held.size === 0 && isForIptables(ruleSet) ? [usual] : [...held];
}

/** Whether the rules of one phase need more than one restore command for each family, or more than one native file. */
export function isMixed({ phases }: Pick<Scenario, 'phases'>, usual: Backend): boolean {
  return (
    getRunBackend({ phases }, usual) === 'nft+legacy' ||
    phases.some(({ ruleSet }) => ruleSet !== null && ruleSet.natives.length + (ruleSet.rules.length === 0 ? 0 : 1) > 1)
  );
}

/**
 * Makes the function from the index of a rule for iptables, counted among such rules alone, to its index among all rules of the rule set.
 * The native rules have the other indices.
 */
export function makeNumbering(natives: Pick<ScenarioRule, 'index'>[]): (index: number) => number {
  const taken = natives.flatMap(({ index }) => (index === null ? [] : [index])).sort((a, b) => a - b);
  return (index) => {
    let number = index;
    for (const native of taken) {
      if (native > number) {
        break;
      }
      number++;
    }
    return number;
  };
}

/** All rules of a rule set in the order of their indices. @param natives the native rules, as the kernel holds them */
export function joinRules(rules: ScenarioRule[], natives: ScenarioRule[] | null): ScenarioRule[] {
  if (natives === null || rules.length === 0) {
    return natives ?? rules;
  }
  const getIndex = makeNumbering(natives);
  const numbered = rules.map((rule) => ({ ...rule, index: rule.index === null ? null : getIndex(rule.index) }));
  return [...numbered, ...natives].sort((a, b) => (a.index ?? -1) - (b.index ?? -1));
}

/**
 * What a rule set loads, in order, for the report: a file or a back end each.
 * @param countNative the number of rules that the kernel has taken from a native file
 */
export function listLoaded(
  ruleSet: RuleSet,
  phase: string | null,
  usual: Backend,
  countNative: (native: NativeRules) => number,
): LoadedRules[] {
  const loaded: LoadedRules[] = [];
  const groups = splitRuleSet(ruleSet, usual);
  const loads = listLoads(groups);
  for (const [place, group] of groups.entries()) {
    if (group.kind === 'nft') {
      loaded.push({ file: group.native.file, phase, backend: 'nft', rules: countNative(group.native) });
      continue;
    }
    const { backend } = group;
    for (const { file, index } of loads[place] ?? []) {
      let last = loaded.at(-1);
      if (last?.file !== file || last.backend !== backend) {
        last = { file, phase, backend, rules: 0 };
        loaded.push(last);
      }
      last.rules += index === null ? 0 : 1;
    }
  }
  return loaded;
}

/** Targets that leave a packet its addresses and ports. */
const KEEPING_TARGETS = ['ACCEPT', 'DROP', 'REJECT', 'RETURN', 'LOG', 'NFLOG', 'MARK', 'CONNMARK', 'NOTRACK', 'SET', 'TCPMSS'];
/** Matches that tell by which cable a packet has come. A machine has another one if others are missing. */
const MATCHES_OF_CABLES = ['mac', 'physdev'];

/** Whether a packet goes where its client has sent it, or nowhere, and no rule asks which machine is at which cable. */
export function keepsAddresses({ rules, natives }: RuleSet): boolean {
  const isKeeping = ({ target, matches }: Rule) =>
    (target === null || KEEPING_TARGETS.includes(target.name) || getTarget(target.name) === null) &&
    !matches.some(({ name }) => MATCHES_OF_CABLES.includes(name));
  // What native rules do, only the kernel knows.
  return natives.length === 0 && rules.every(({ entries }) => entries.every((own) => !('rules' in own) || own.rules.every(isKeeping)));
}
