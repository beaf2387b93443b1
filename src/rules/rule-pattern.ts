import type { Entry, Family, Match, Rule } from '../model/rule.js';
import { RuleError } from './rule-error.js';
import type { RuleShape } from './rule-shape.js';
import { portRange } from './values/port-range.js';
import { prefix } from './values/prefix.js';

type Varying = RuleShape['varying'];

/** A rule that other rules repeat with other addresses and ports, and its entry. */
export interface RulePattern {
  entry: Extract<Entry, { kind: 'append' | 'insert' }>;
  rule: Rule;
}

/**
 * Makes a pattern of a rule. A pattern can be reused for two reasons. The canonical value of these options depends only on the given value.
 * Nothing else in a rule depends on it.
 *
 * @returns null if the rule does not contain its addresses and ports as given. A value that matches everything is dropped, and a list
 * becomes several rules.
 */
export function toPattern(entry: Entry, varying: Varying): RulePattern | null {
  const [rule, ...more] = 'rules' in entry ? entry.rules : [];
  if (!('rules' in entry) || rule === undefined || more.length > 0) {
    return null;
  }
  const values = readValues(varying, entry.family);
  const isSame = values !== null && [...values].every(([flag, value]) => getValues(rule, flag).join() === value);
  return isSame ? { entry, rule } : null;
}

/**
 * Makes a rule of a pattern with other addresses and ports.
 *
 * @returns null if a value is wrong or matches everything
 */
export function fromPattern({ entry, rule }: RulePattern, varying: Varying): Entry | null {
  const values = readValues(varying, entry.family);
  if (values === null) {
    return null;
  }
  const [source, destination] = [values.get('-s'), values.get('-d')];
  const copy: Rule = {
    source: source === undefined || rule.source === null ? rule.source : { negated: rule.source.negated, value: source },
    destination:
      destination === undefined || rule.destination === null ? rule.destination : { negated: rule.destination.negated, value: destination },
    inInterface: rule.inInterface,
    outInterface: rule.outInterface,
    protocol: rule.protocol,
    matches: values.has('--sport') || values.has('--dport') ? rule.matches.map((match) => withPorts(match, values)) : rule.matches,
    target: rule.target,
  };
  const { family, table, chain } = entry;
  return entry.kind === 'append'
    ? { family, table, chain, kind: 'append', rules: [copy] }
    : { family, table, chain, kind: 'insert', position: entry.position, rules: [copy] };
}

function getValues({ source, destination, matches }: Rule, flag: string): (string | undefined)[] {
  switch (flag) {
    case '-s':
      return [source?.value];
    case '-d':
      return [destination?.value];
    default:
      return matches.flatMap(({ options }) => options.filter((option) => option.flag === flag).flatMap(({ values }) => values));
  }
}

function withPorts({ name, options }: Match, values: Map<string, string>): Match {
  const own = options.map((option) => {
    const port = values.get(option.flag);
    return port === undefined ? option : { flag: option.flag, values: [port], negated: option.negated };
  });
  return { name, options: own };
}

/**
 * The values in canonical form, by flag. The result is null if a value is wrong. The caller then reads the whole rule, which gives the
 * error message.
 */
function readValues(varying: Varying, family: Family): Map<string, string> | null {
  const values = new Map<string, string>();
  try {
    for (const { flag, text } of varying) {
      const value = flag === '-s' || flag === '-d' ? prefix(text, family) : portRange(text);
      if (value.endsWith('/0')) {
        return null;
      }
      values.set(flag, value);
    }
  } catch (error) {
    if (error instanceof RuleError) {
      return null;
    }
    throw error;
  }
  return values;
}
