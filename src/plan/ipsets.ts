import type { Lasting } from '../model/plan.js';
import type { Ipset, Rule } from '../model/rule.js';
import type { Phase, Scenario } from '../model/scenario.js';
import { getSetMemory } from '../rules/values/names.js';

/** The options of SET that change a set. */
const CHANGES = ['--add-set', '--del-set'];

/** Which ipsets change while a rule set is loaded, by their memories. One that never changes gives each retransmission the same. */
export interface ChangingSets {
  /** How long a decision about a set lasts. */
  lasting: ReadonlyMap<string, Lasting>;
  /** The sets that rules write. */
  written: ReadonlySet<string>;
}

export const NO_CHANGING_SETS: ChangingSets = { lasting: new Map(), written: new Set() };

/** Finds the ipsets that the rules of a phase write, and those with elements whose time ends. */
export function findChangingSets({ ipsets, phases }: Pick<Scenario, 'ipsets' | 'phases'>, phase: Phase): ChangingSets {
  if (ipsets.length === 0) {
    return NO_CHANGING_SETS;
  }
  const written = findWritten(ipsets, [phase]);
  const everWritten = findWritten(ipsets, phases);
  const getLasting = (set: Ipset): number => {
    const mayEnd = set.options.includes('timeout') && everWritten.has(set.name);
    const own = written.has(set.name) || mayEnd ? 0 : (set.shortestTimeout ?? Infinity) * 0.9;
    const members = listMembers(set);
    return Math.min(own, ...ipsets.filter(({ name }) => members.includes(name)).map(getLasting));
  };
  const lasting = ipsets.map((set) => [getSetMemory(set.name), getLasting(set)] as const);
  return {
    lasting: new Map(lasting.filter(([, seconds]) => seconds < Infinity).map(([memory, match]) => [memory, { match, miss: match }])),
    written: new Set([...written].map(getSetMemory)),
  };
}

/** The names of the sets that rules write. What is written to a list of sets goes to one of its members. */
function findWritten(ipsets: Ipset[], phases: Phase[]): Set<string> {
  const rules = phases.flatMap(({ ruleSet }) => ruleSet?.rules ?? []);
  const named = rules.flatMap(({ entries }) => entries.flatMap((entry) => ('rules' in entry ? entry.rules.flatMap(listWritten) : [])));
  return new Set([...named, ...ipsets.filter(({ name }) => named.includes(name)).flatMap(listMembers)]);
}

function listWritten({ target }: Rule): string[] {
  return (target?.name === 'SET' ? target.options : []).flatMap(({ flag, values: [name] }) =>
    name !== undefined && CHANGES.includes(flag) ? [name] : [],
  );
}

function listMembers({ type, elements }: Ipset): string[] {
  return type === 'list:set' ? elements.map(({ value }) => value) : [];
}
