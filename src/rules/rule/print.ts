import type { Entry, Negatable, Rule, RuleOption } from '../../model/rule.js';
import { quoteRestoreWord, quoteShellWord } from '../quoting.js';
import { ANY_ADDRESS } from '../values/addresses.js';
import { askOncePerPattern, getFirstRule } from './pattern.js';

/** The options whose values differ between the rules of a pattern, besides the addresses. They have one value. */
const PORT_FLAGS = ['--sport', '--dport'];
/** No word of a rule has this character. */
const GAP = '\0';

/** Prints an entry as one line of iptables arguments, for people. parseRuleText reads it back. */
export function printEntry(entry: Entry): string {
  const program = entry.family === 'ipv6' ? ['ip6tables'] : [];
  const table = entry.table === 'filter' ? [] : ['-t', entry.table];
  return [...program, ...table, ...toCommand(entry), ...toRule(entry)].map(quoteShellWord).join(' ');
}

function toCommand(entry: Entry): string[] {
  switch (entry.kind) {
    case 'append':
      return ['-A', entry.chain];
    case 'insert':
      return ['-I', entry.chain, ...(entry.position === 1 ? [] : [String(entry.position)])];
    case 'policy':
      return ['-P', entry.chain, entry.policy];
    case 'new-chain':
      return ['-N', entry.chain];
  }
}

function toRule(entry: Entry): string[] {
  if (entry.kind === 'policy' || entry.kind === 'new-chain') {
    return [];
  }
  const [first] = entry.rules;
  return first === undefined ? [] : toArguments(joinLists(first, entry.rules, ANY_ADDRESS[entry.family]));
}

/**
 * Joins expanded rules into the one rule with comma lists from which they were made. Sources are the outer loop, destinations the inner
 * loop.
 */
function joinLists(first: Rule, rules: Rule[], any: string): Rule {
  if (rules.length === 1) {
    return first;
  }
  const sources = rules.map((rule) => rule.source?.value ?? any);
  const destinations = rules.map((rule) => rule.destination?.value ?? any);
  const width = rules.findIndex((_, index) => index > 0 && isWidth(index, sources, destinations));
  const period = width > 0 ? width : rules.length;
  const outer = sources.filter((_, index) => index % period === 0);
  return { ...first, source: join(first.source, outer), destination: join(first.destination, destinations.slice(0, period)) };
}

/** Whether the destinations repeat after this many rules, with one source in each repetition. */
function isWidth(width: number, sources: string[], destinations: string[]): boolean {
  if (sources.length % width !== 0) {
    return false;
  }
  return sources.every(
    (source, index) => source === sources[index - (index % width)] && destinations[index] === destinations[index % width],
  );
}

function join(first: Rule['source'], values: string[]): Rule['source'] {
  return values.length === 1 ? first : { negated: false, value: values.join(',') };
}

/**
 * The arguments of a rule, without its command, in the order of iptables-save. All functions add to one list, for speed: a rule set may
 * have 50,000 rules.
 */
export function toArguments(rule: Rule): string[] {
  const words: string[] = [];
  addValue(words, '-s', rule.source);
  addValue(words, '-d', rule.destination);
  addValue(words, '-i', rule.inInterface);
  addValue(words, '-o', rule.outInterface);
  addValue(words, '-p', rule.protocol);
  if (rule.fragment !== null) {
    words.push(...(rule.fragment.negated ? ['!', '-f'] : ['-f']));
  }
  for (const { name, options } of rule.matches) {
    words.push('-m', name);
    addOptions(words, options);
  }
  if (rule.target !== null) {
    words.push(rule.target.how === 'goto' ? '-g' : '-j', rule.target.name);
    addOptions(words, rule.target.options);
  }
  return words;
}

function addValue(words: string[], flag: string, given: Negatable | null): void {
  if (given?.negated === true) {
    words.push('!');
  }
  if (given !== null) {
    words.push(flag, given.value);
  }
}

function addOptions(words: string[], options: RuleOption[]): void {
  for (const { flag, negated, values } of options) {
    if (negated) {
      words.push('!');
    }
    words.push(flag, ...values);
  }
}

/** The arguments of a rule after its chain, quoted for iptables-restore. */
export function printRule(rule: Rule): string {
  if (getFirstRule(rule) === rule) {
    return toArguments(rule).map(quoteRestoreWord).join(' ');
  }
  const { start, values } = getTemplate(rule);
  let text = start;
  for (const { get, after } of values) {
    text += get(rule) + after;
  }
  return text;
}

/** The printed form of all rules with the same pattern. A rule of a long list then takes a tenth of the time. */
interface Template {
  start: string;
  values: { get: (rule: Rule) => string; after: string }[];
}

const getTemplate = askOncePerPattern((first): Template => {
  const values: Template['values'] = [];
  const leaveOut = (get: (rule: Rule) => string): string => {
    values.push({ get, after: '' });
    return GAP;
  };
  const leaveOutAddress = (of: 'source' | 'destination') => first[of] && { ...first[of], value: leaveOut((rule) => rule[of]?.value ?? '') };
  const gapped: Rule = {
    ...first,
    source: leaveOutAddress('source'),
    destination: leaveOutAddress('destination'),
    matches: first.matches.map((match, m) => ({
      ...match,
      options: match.options.map((option, o) =>
        PORT_FLAGS.includes(option.flag)
          ? { ...option, values: [leaveOut((rule) => rule.matches[m]?.options[o]?.values[0] ?? '')] }
          : option,
      ),
    })),
  };
  const [start = '', ...rest] = toArguments(gapped)
    .map((word) => (word === GAP ? GAP : quoteRestoreWord(word)))
    .join(' ')
    .split(GAP);
  return { start, values: values.map(({ get }, place) => ({ get, after: rest[place] ?? '' })) };
});
