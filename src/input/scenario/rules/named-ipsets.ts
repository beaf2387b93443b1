import type { Entry, Ipset, RuleOption } from '../../../model/rule.js';
import type { Phase, ScenarioRule } from '../../../model/scenario.js';
import { FAMILY_NAMES } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import type { Place } from '../../json/document.js';
import { getShownPath, type RulesetFiles } from '../../ruleset-files.js';
import type { Ipsets } from './ipsets.js';
import { getRulesPlace } from './rules.js';

/** The options of set and SET whose first value is the name of a set. */
const NAMING = ['--match-set', '--add-set', '--del-set', '--map-set'];

/** What to write for a set that is missing, by the number of src and dst. */
const TYPES = ['hash:net', 'hash:ip,port', 'hash:ip,port,ip'];

/**
 * Reports each ipset that a rule names and nobody gives, once, and each that has the other family: iptables refuses such rules.
 *
 * @param scenario the scenario in its file
 */
export function checkNamedIpsets(phases: Phase[], { sets, isComplete }: Ipsets, scenario: Place, files: RulesetFiles): void {
  const known = new Map(sets.map((set) => [set.name, set]));
  for (const [phase, { ruleSet }] of phases.entries()) {
    const said = new Set<string>();
    for (const rule of ruleSet?.rules ?? []) {
      for (const entry of rule.entries) {
        for (const option of listNaming(entry)) {
          const [name = ''] = option.values;
          const problem = findProblem(option, entry, known, isComplete);
          if (problem !== null && !said.has(`${name} ${problem}`)) {
            said.add(`${name} ${problem}`);
            complain({ rule, phase, name }, problem, scenario, files);
          }
        }
      }
    }
  }
}

function listNaming(entry: Entry): RuleOption[] {
  const rules = 'rules' in entry ? entry.rules : [];
  return rules.flatMap(({ matches, target }) => {
    const options = [...matches.filter(({ name }) => name === 'set'), ...(target?.name === 'SET' ? [target] : [])].flatMap(
      (own) => own.options,
    );
    return options.filter(({ flag }) => NAMING.includes(flag));
  });
}

function findProblem(
  { values: [name = '', directions = ''] }: RuleOption,
  { family }: Entry,
  known: Map<string, Ipset>,
  isComplete: boolean,
): string | null {
  const set = known.get(name);
  if (set !== undefined) {
    if (set.family === null || set.family === family) {
      return null;
    }
    // The family of a set that names none is that of its first element.
    const remedy = set.elements.length === 0 ? `. Write "type": "${set.type} family ${family === 'ipv6' ? 'inet6' : 'inet'}"` : '';
    return `the ipset ${quote(name)} is ${FAMILY_NAMES[set.family]}, and the rule is ${FAMILY_NAMES[family]}: iptables refuses that${remedy}`;
  }
  if (!isComplete) {
    return null;
  }
  const type = `${TYPES[directions.split(',').length - 1] ?? 'hash:ip,port,ip'}${family === 'ipv6' ? ' family inet6' : ''}`;
  const line = `"ipsets": { ${JSON.stringify(name)}: ${type === 'hash:net' ? '[]' : `{ "type": "${type}", "entries": [] }`} }`;
  return `there is no ipset ${quote(name)}${didYouMean(name, known.keys())}: add ${line} with its elements to the scenario, or "ipsets": { "file": "ipset.save" } with what ipset save wrote`;
}

/** Where a line names a set. */
function findColumn(text: string, name: string): number {
  const named = [...text.matchAll(/--(?:(?:match|add|del|map)-)?set(?:=|[ \t]+)"?([^\s"]+)/g)].find(([, own]) => own === name);
  return named === undefined ? 1 : named.index + named[0].length - name.length + 1;
}

/** Reports a problem of a rule at its place in the scenario, or in its rule set file. */
function complain(
  { rule, phase, name }: { rule: ScenarioRule; phase: number; name: string },
  problem: string,
  scenario: Place,
  files: RulesetFiles,
): void {
  if (rule.file === null || rule.line === null) {
    const owner = phase === 0 ? scenario : scenario.member('phases').item(phase - 1);
    getRulesPlace(owner)
      .item(rule.index ?? 0)
      .complain(problem);
    return;
  }
  const text = findText(rule.file, scenario, files).split('\n')[rule.line - 1] ?? '';
  scenario.problems.addIn(rule.file, { line: rule.line, column: findColumn(text, name) }, problem);
}

/** The text of a rule set file. @param path its path in messages */
function findText(path: string, scenario: Place, { texts, instead }: RulesetFiles): string {
  const own = [...texts].map(([file, content]) => ({ path: getShownPath(scenario.file, file), content }));
  const content = [...own, ...(instead?.files ?? [])].find((file) => file.path === path)?.content;
  return content !== undefined && 'text' in content ? content.text : '';
}
