import type { Backend } from '../../../src/model/result.js';
import type { Family, Rule } from '../../../src/model/rule.js';
import { getUnsupported } from '../../../src/rules/rule/traits.js';
import { parseRuleset } from '../../../src/rules/save/parse-ruleset.js';
import type { Line } from './lines.js';

/** The user chain that every file has. */
export const OWN_CHAIN = 'own';

export interface Read {
  line: Line;
  /** Why loopfw refuses the line; null if it takes it. */
  problem: string | null;
  rules: Rule[];
}

/**
 * Reads a file that has this line alone.
 *
 * @param backend null if it does not matter
 */
export function readLine(line: Line, family: Family, backend: Backend | null): Read {
  const { rules: read, problems } = parseRuleset(`*${line.table}\n:${OWN_CHAIN} - [0:0]\n${line.text}\nCOMMIT\n`, family, 'rules');
  const rules = read.flatMap(({ entries }) => entries.flatMap((entry) => ('rules' in entry ? entry.rules : [])));
  const unsupported = backend === null ? null : rules.map((rule) => getUnsupported(rule, backend)).find((reason) => reason !== null);
  return { line, problem: problems[0]?.message ?? unsupported ?? null, rules };
}
