import type { Entry, Family, Match, Rule } from '../../model/rule.js';
import { RuleError } from '../errors.js';
import { notePattern } from '../rule/pattern.js';
import { network } from '../values/addresses.js';
import { portRange } from '../values/ports.js';

const ADDRESS = /^[\dA-Fa-f.:]+(?:\/\d{1,3})?$/;
const PORT = /^[1-9]\d{0,4}$/;

/** The most patterns that are kept. Rules of any further pattern are always read word by word. */
const MOST = 1000;

/** A rule that other rules repeat with other addresses and ports, and its entry. */
interface RulePattern {
  entry: Extract<Entry, { kind: 'append' | 'insert' }>;
  rule: Rule;
}

/** What a rule shares with the rules of its pattern, and the values in which it differs. */
interface RuleShape {
  /** The same for all rules whose arguments differ only in the values of the varying options. */
  key: string;
  varying: { flag: string; text: string }[];
}

type Varying = RuleShape['varying'];

/**
 * Reads rules, and keeps their patterns. If a rule differs from an earlier rule only in addresses and ports, reading takes a tenth of the
 * time. Its values are still checked. If a value is wrong, the whole rule is read again, which gives the error message.
 */
export class KnownPatterns {
  readonly #patterns = new Map<string, RulePattern>();

  /**
   * @param keys the property of the rule object that each word comes from; null for a rule string
   * @param kind all other conditions that decide what the arguments mean
   * @param readAnew reads the whole rule
   */
  read(words: string[], keys: (string | null)[] | null, kind: string, family: Family, readAnew: () => Entry): Entry {
    const shape = getRuleShape(words, keys);
    if (shape === null) {
      return readAnew();
    }
    const key = `${family} ${kind}\n${shape.key}`;
    const pattern = this.#patterns.get(key);
    const known = pattern === undefined ? null : fromPattern(pattern, shape.varying);
    if (known !== null) {
      return known;
    }
    const entry = readAnew();
    const found = pattern === undefined && this.#patterns.size < MOST ? toPattern(entry, shape.varying) : null;
    if (found !== null) {
      this.#patterns.set(key, found);
    }
    return entry;
  }
}

/** The shape of a rule. null if it has no varying option, or has one of them twice. */
function getRuleShape(words: string[], keys: (string | null)[] | null): RuleShape | null {
  const varying: RuleShape['varying'] = [];
  let key = '';
  let flag = '';
  for (let place = 0; place < words.length; place++) {
    const text = words[place] ?? '';
    const property = keys?.[place] ?? null;
    const isVarying = canVary(flag, text);
    if (isVarying && varying.some((other) => other.flag === flag)) {
      return null;
    }
    if (isVarying) {
      varying.push({ flag, text });
    }
    // No argument contains a line feed or a NUL, so these can separate the parts of the key.
    key += isVarying ? '\0\n' : `${text}\n`;
    if (property !== null) {
      key += `\0${property}\n`;
    }
    flag = text;
  }
  return varying.length === 0 ? null : { key, varying };
}

/** Whether the word is the value of an option in which most rules of a long list differ, and simple enough to be read separately. */
function canVary(flag: string, text: string): boolean {
  switch (flag) {
    case '-s':
    case '-d':
      return ADDRESS.test(text);
    case '--sport':
    case '--dport':
      return PORT.test(text);
    default:
      return false;
  }
}

/**
 * Makes a pattern of a rule. A pattern can be reused for two reasons. The canonical value of these options depends only on the given value.
 * Nothing else in a rule depends on it.
 *
 * @returns null if the rule does not contain its addresses and ports as given. A value that matches everything is dropped, and a list
 * becomes several rules.
 */
function toPattern(entry: Entry, varying: Varying): RulePattern | null {
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
function fromPattern({ entry, rule }: RulePattern, varying: Varying): Entry | null {
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
    fragment: rule.fragment,
    matches: values.has('--sport') || values.has('--dport') ? rule.matches.map((match) => withPorts(match, values)) : rule.matches,
    target: rule.target,
  };
  notePattern(copy, rule);
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
      const value = flag === '-s' || flag === '-d' ? network(text, family) : portRange(text);
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
