import type { Lasting } from '../model/plan.js';
import type { Ipset, Rule } from '../model/rule.js';
import type { Scenario } from '../model/scenario.js';
import { getSetMemory } from '../rules/values/ipset-names.js';

/** The options of SET that change a set. */
const CHANGES = ['--add-set', '--del-set'];

/** Which ipsets change while the probes run, by the names of their memories. What never changes gives each retransmission the same. */
export interface ChangingSets {
  /** How long a decision about a set lasts. */
  lasting: ReadonlyMap<string, Lasting>;
  /** The sets that rules write. */
  written: ReadonlySet<string>;
}

/** Finds the ipsets that rules write to, in any phase, and those that have elements with a timeout. */
export function findChangingSets({ ipsets, phases }: Pick<Scenario, 'ipsets' | 'phases'>): ChangingSets {
  if (ipsets.length === 0) {
    return { lasting: new Map(), written: new Set() };
  }
  const rules = phases.flatMap(({ ruleSet }) => (ruleSet?.kind === 'iptables' ? ruleSet.rules : []));
  const named = new Set(
    rules.flatMap(({ entries }) => entries.flatMap((entry) => ('rules' in entry ? entry.rules.flatMap(listWritten) : []))),
  );
  // What is written to a list of sets goes to one of its members.
  const ofLists = ipsets.filter(({ name }) => named.has(name)).flatMap(listMembers);
  const written = new Set([...named, ...ofLists]);
  const getLasting = (set: Ipset): number => {
    const own = written.has(set.name) ? 0 : (set.shortestTimeout ?? Infinity) * 0.9;
    const members = listMembers(set);
    return Math.min(own, ...ipsets.filter(({ name }) => members.includes(name)).map(getLasting));
  };
  const seconds = ipsets.map((set) => ({ memory: getSetMemory(set.name), lasts: getLasting(set) }));
  return {
    lasting: new Map(seconds.filter(({ lasts }) => lasts < Infinity).map(({ memory, lasts }) => [memory, { match: lasts, miss: lasts }])),
    written: new Set([...written].map(getSetMemory)),
  };
}

function listWritten({ target }: Rule): string[] {
  return (target?.name === 'SET' ? target.options : []).flatMap(({ flag, values: [name] }) =>
    name !== undefined && CHANGES.includes(flag) ? [name] : [],
  );
}

function listMembers({ type, elements }: Ipset): string[] {
  return type === 'list:set' ? elements.map(({ value }) => value) : [];
}
