import type { Mutator, RuleChange } from '../../model/insight/mutation.js';
import type { Entry, Match, Negatable, Rule, RuleOption } from '../../model/rule.js';
import { RuleError } from '../errors.js';
import { findOptionOf } from '../extension.js';
import { getMatch } from '../extensions/match-table.js';
import { parseRuleText } from '../language/rule-text.js';
import { printEntry } from '../rule/print.js';
import { changeLength, listOtherValues } from './entry-values.js';

/** A changed entry of a rule set. */
export interface EntryMutant extends RuleChange {
  entry: Entry;
}

/** A change of one rule. apply: null if it does not fit the rule. */
interface Change {
  mutator: Mutator;
  change: string;
  touches: RuleChange['touches'];
  apply: (rule: Rule) => Rule | null;
}

type Field = 'source' | 'destination' | 'inInterface' | 'outInterface' | 'protocol';

const FIELDS: [field: Field, flag: string][] = [
  ['source', '-s'],
  ['destination', '-d'],
  ['inInterface', '-i'],
  ['outInterface', '-o'],
  ['protocol', '-p'],
];
/** Matches that match every packet. */
const IDLE_MATCHES = ['comment'];
/** The targets that may take the place of another. */
const OTHER_TARGETS: Record<string, string[]> = {
  ACCEPT: ['DROP'],
  DROP: ['ACCEPT', 'REJECT'],
  REJECT: ['DROP', 'ACCEPT'],
  RETURN: ['ACCEPT'],
};
const MATCHED = { matched: true, others: false };
const OTHERS = { matched: false, others: true };
const BOTH = { matched: true, others: true };

/** The mutants of an entry: each is changed in one place. A rule keeps its place and its number. iptables takes each of them as text. */
export function listMutants(entry: Entry): EntryMutant[] {
  switch (entry.kind) {
    case 'new-chain':
      return [];
    case 'policy': {
      const policy = entry.policy === 'ACCEPT' ? 'DROP' : 'ACCEPT';
      const flipped: Entry = { ...entry, policy };
      return [
        { mutator: 'policy-flipped', change: `were the policy ${policy}`, entry: flipped, text: printEntry(flipped), touches: MATCHED },
      ];
    }
    case 'append':
    case 'insert':
      return listRuleMutants(entry);
  }
}

function listRuleMutants(entry: Extract<Entry, { rules: Rule[] }>): EntryMutant[] {
  const [first] = entry.rules;
  const seen = new Set([printEntry(entry)]);
  return (first === undefined ? [] : listChanges(first)).flatMap(({ mutator, change, touches, apply }): EntryMutant[] => {
    // An entry with comma lists stands for several rules: all of them are changed alike.
    const rules = entry.rules.map(apply).filter((rule) => rule !== null);
    const made = rules.length === entry.rules.length ? readBack({ ...entry, rules }) : null;
    const text = made === null ? '' : printEntry(made);
    if (made === null || seen.has(text)) {
      return [];
    }
    seen.add(text);
    return [{ mutator, change, touches, entry: made, text }];
  });
}

/** The entry in its canonical form; null if iptables would refuse it. */
function readBack(entry: Extract<Entry, { rules: Rule[] }>): Entry | null {
  try {
    const read = parseRuleText(printEntry(entry));
    return read.kind === entry.kind && read.family === entry.family ? read : null;
  } catch (error) {
    if (error instanceof RuleError) {
      return null;
    }
    throw error;
  }
}

function listChanges(rule: Rule): Change[] {
  return [
    ...listTargetChanges(rule),
    ...FIELDS.flatMap(([field, flag]) => listFieldChanges(rule, field, flag)),
    ...listFragmentChanges(rule),
    ...rule.matches.flatMap((match, place) => (IDLE_MATCHES.includes(match.name) ? [] : listMatchChanges(match, place))),
  ];
}

function listTargetChanges({ target }: Rule): Change[] {
  if (target === null) {
    return [];
  }
  const others = target.how === 'jump' ? (OTHER_TARGETS[target.name] ?? []) : [];
  return [
    { mutator: 'target-removed', change: 'were gone', touches: MATCHED, apply: (rule) => ({ ...rule, target: null }) },
    ...others.map((name): Change => ({
      mutator: 'target-changed',
      change: `had -j ${name} instead of -j ${target.name}`,
      touches: MATCHED,
      apply: (rule) => ({ ...rule, target: { how: 'jump', name, options: [] } }),
    })),
  ];
}

function listFieldChanges(rule: Rule, field: Field, flag: string): Change[] {
  const value = rule[field];
  if (value === null) {
    return [];
  }
  const before = showValue(flag, value);
  const changes: Change[] = [
    { mutator: 'match-removed', change: `had no ${before}`, touches: OTHERS, apply: (each) => ({ ...each, [field]: null }) },
    {
      mutator: 'match-negated',
      change: `had ${showValue(flag, { ...value, negated: !value.negated })} instead of ${before}`,
      touches: BOTH,
      apply: (each) => each[field] && { ...each, [field]: { ...each[field], negated: !each[field].negated } },
    },
  ];
  return field === 'source' || field === 'destination' ? [...changes, ...listPrefixChanges(value, field, flag)] : changes;
}

function listPrefixChanges(value: Negatable, field: 'source' | 'destination', flag: string): Change[] {
  return [-1, 1].flatMap((by): Change[] => {
    const changed = changeLength(value.value, by);
    const isWider = by < 0;
    const widens = isWider !== value.negated;
    return changed === null
      ? []
      : [
          {
            mutator: isWider ? 'prefix-widened' : 'prefix-narrowed',
            change: `had ${showValue(flag, { ...value, value: changed })} instead of ${showValue(flag, value)}`,
            touches: widens ? OTHERS : MATCHED,
            apply: (rule) => {
              const own = rule[field];
              const text = own && changeLength(own.value, by);
              return own && text !== null ? { ...rule, [field]: { ...own, value: text } } : null;
            },
          },
        ];
  });
}

function listFragmentChanges({ fragment }: Rule): Change[] {
  return fragment === null
    ? []
    : [{ mutator: 'match-removed', change: 'had no -f', touches: OTHERS, apply: (rule) => ({ ...rule, fragment: null }) }];
}

function listMatchChanges(match: Match, place: number): Change[] {
  const { name, options } = match;
  const whole: Change = {
    mutator: 'match-removed',
    change: `had no ${['-m', name, ...options.map(showOption)].join(' ')}`,
    touches: OTHERS,
    apply: (rule) => ({ ...rule, matches: rule.matches.toSpliced(place, 1) }),
  };
  return [whole, ...options.flatMap((option, at) => listOptionChanges(match, option, { place, at }))];
}

/** Where an option is in its rule. */
interface Spot {
  place: number;
  at: number;
}

function listOptionChanges({ name, options }: Match, option: RuleOption, spot: Spot): Change[] {
  const row = getMatch(name);
  const isNegatable = row !== null && findOptionOf(row, option.flag)?.negatable === true;
  const replace = (by: RuleOption | null) => (rule: Rule) => ({
    ...rule,
    matches: rule.matches.map((own, place) =>
      place === spot.place
        ? { ...own, options: own.options.flatMap((each, at) => (at !== spot.at ? each : by === null ? [] : [by])) }
        : own,
    ),
  });
  const toValue = (mutator: Mutator, value: string, widens: boolean | null): Change => {
    const changed = { ...option, values: [value] };
    return {
      mutator,
      change: `had ${showOption(changed)} instead of ${showOption(option)}`,
      touches: widens === null ? BOTH : widens !== option.negated ? OTHERS : MATCHED,
      apply: replace(changed),
    };
  };
  return [
    ...(options.length > 1
      ? [{ mutator: 'match-removed' as const, change: `had no ${showOption(option)}`, touches: OTHERS, apply: replace(null) }]
      : []),
    ...(isNegatable
      ? [
          {
            mutator: 'match-negated' as const,
            change: `had ${showOption({ ...option, negated: !option.negated })} instead of ${showOption(option)}`,
            touches: BOTH,
            apply: replace({ ...option, negated: !option.negated }),
          },
        ]
      : []),
    ...listOtherValues(option).map(({ mutator, value, widens }) => toValue(mutator, value, widens)),
  ];
}

function showValue(flag: string, { negated, value }: Negatable): string {
  return `${negated ? '! ' : ''}${flag} ${value}`;
}

function showOption({ flag, negated, values }: RuleOption): string {
  return `${negated ? '! ' : ''}${[flag, ...values].join(' ')}`;
}
