import type { ScenarioRule } from '../../../model/scenario.js';
import { type DeadRule, findDeadRules } from '../../../rules/packets/dead-rules.js';
import { getTarget } from '../../../rules/extensions/target-table.js';
import { describeOrder } from '../../../words/rule-order.js';
import { countNoun, listWords } from '../../../words/phrases.js';
import { nameScenarioRule } from './as-written.js';
import { type Finder, type Found, listRuleSets, type Locator } from './finder.js';

/** The most dead rules behind one rule that have a warning each. Of more, the first one names the others. */
const MOST_EACH = 5;

/** Chains that programs fill and change while they run: the file shows them at one moment. */
const OF_PROGRAMS = /^(?:f2b-|DOCKER|KUBE-|cali-)/;

/** Many scenarios can use the rules of one file. */
const known = new WeakMap<ScenarioRule[], DeadRule[]>();

/** Finds the rules that an earlier rule of their chain takes every packet from. */
export const findDead: Finder = (scenario, locate) =>
  listRuleSets(scenario).flatMap(({ phase, rules }) => {
    const dead = known.get(rules) ?? findDeadRules(rules);
    known.set(rules, dead);
    const byRule = new Map<number, DeadRule[]>();
    for (const each of dead) {
      byRule.set(each.by, [...(byRule.get(each.by) ?? []), each]);
    }
    return [...byRule.values()].flatMap((group) =>
      group.length > MOST_EACH
        ? describeGroup(group, rules, phase, locate)
        : group.flatMap((each) => describeOne(each, rules, phase, locate)),
    );
  });

function describeOne(dead: DeadRule, rules: ScenarioRule[], phase: number, locate: Locator): Found[] {
  const { chain, kind } = dead;
  const [rule, by] = [dead.rule, dead.by].map((index) => rules.find((each) => each.index === index));
  if (rule === undefined || by === undefined) {
    return [];
  }
  const [own, other] = [nameScenarioRule(rule), nameScenarioRule(by)];
  const short = `rule ${dead.rule}`;
  const order = describeOrder(rule, by, chain);
  const what = {
    other: `and decides otherwise (${describeVerdicts(dead)}): ${order}, or delete ${short}`,
    same: `and decides the same (${dead.ends.join(', ')}): delete ${short}`,
    unasked: `and ${isJump(dead) ? `sends them to the chain ${dead.ends.join()}` : `ends them (${dead.ends.join(', ')})`}: ${order}, or delete ${short}`,
  }[kind];
  return [
    {
      ...locate({ phase, rule }),
      message: `${inThisFile(chain)}${own} can never match: ${other} takes every packet that it would, ${what}`,
    },
  ];
}

/** Whether the rule before it sends its packets to a chain from which none comes back. What becomes of them there is not known. */
function isJump({ ends }: DeadRule): boolean {
  return ends.length === 1 && ends.every((name) => getTarget(name) === null);
}

/** `DROP, not ACCEPT` */
function describeVerdicts({ ends, target }: DeadRule): string {
  const own = target?.name ?? 'nothing';
  return ends.includes(own) ? `${ends.join(', ')} with other options` : `${ends.join(' or ')}, not ${own}`;
}

function describeGroup(group: DeadRule[], rules: ScenarioRule[], phase: number, locate: Locator): Found[] {
  const [first] = group;
  const [rule, by] = [first?.rule, first?.by].map((index) => rules.find((each) => each.index === index));
  if (first === undefined || rule === undefined || by === undefined) {
    return [];
  }
  const others = listWords(
    group.slice(1).map(({ rule: index }) => String(index)),
    'and',
  );
  const differ = group.filter(({ kind }) => kind === 'other').length;
  const decide = differ === 0 ? '' : `, and ${differ === 1 ? 'one of them decides' : `${differ} of them decide`} otherwise`;
  return [
    {
      ...locate({ phase, rule }),
      message: `${inThisFile(first.chain)}${nameScenarioRule(rule)} can never match, nor can ${countNoun(group.length - 1, 'rule')} behind it (${others}): ${nameScenarioRule(by)} takes every packet that they would${decide}; put it behind them, or delete them`,
    },
  ];
}

function inThisFile(chain: string): string {
  return OF_PROGRAMS.test(chain) ? 'in this file, ' : '';
}
