// Lines made of the rows of the rule language: each option with each value, and each way to write an option.
import type { Family, Table } from '../../../src/model/rule.js';
import { RuleError } from '../../../src/rules/errors.js';
import { type Extension, getFlags, type OptionRow, type ValueParser } from '../../../src/rules/extension.js';
import { MATCHES } from '../../../src/rules/extensions/match-table.js';
import { TARGETS } from '../../../src/rules/extensions/target-table.js';
import { quoteRestoreWord } from '../../../src/rules/quoting.js';
import { BUILT_IN_CHAINS, TABLES } from '../../../src/rules/tables.js';
import { BEFORE, COMPANIONS, IPV6_OPTIONS } from './companions.js';
import type { Line } from './lines.js';
import { readLine } from './loopfw-reader.js';
import { findExamples, makeValues, type Taker } from './value-kinds.js';

type Words = string[];

interface Place {
  table: Table;
  chain: string;
}

/** A match or a target, at a place where loopfw takes it. */
interface Subject extends Place {
  kind: '-m' | '-j';
  name: string;
  row: Extension;
  family: Family;
  before: Words;
  companions: Words[];
}

/** An option in a rule that loopfw takes. */
interface OptionUse extends Place {
  option: OptionRow;
  values: Words;
  companions: Words;
}

const PLACES = TABLES.flatMap((table) => BUILT_IN_CHAINS[table].map((chain): Place => ({ table, chain })));
const PROTOCOLS = `-p tcp;-p udp;-p icmp;-p icmpv6;! -p tcp;! -p udp;-p all;-p 0;-p sctp;-p dccp;-p esp;-p ah;-p ipcomp;-p 6;-p TCP;-p udplite;! -p icmp;`;

/** @throws Error if no rule can be made of a row: its options then need companions, or its values a kind */
export function makeRowLines(family: Family): Line[] {
  const rows: [Subject['kind'], string, Extension][] = [
    ...Object.entries<Extension>(MATCHES).map(([name, row]): [Subject['kind'], string, Extension] => ['-m', name, row]),
    ...Object.entries<Extension>(TARGETS).map(([name, row]): [Subject['kind'], string, Extension] => ['-j', name, row]),
  ];
  return rows
    .filter(([, name, { families }]) => name !== 'TRACE' && (families === undefined || families.includes(family)))
    .flatMap(([kind, name, row]) => makeLinesOf(findSubject(kind, name, row, family)));
}

function findSubject(kind: Subject['kind'], name: string, row: Extension, family: Family): Subject {
  const key = name as keyof typeof COMPANIONS;
  const before = BEFORE[key]?.split(' ') ?? (row.protocols?.[0] === undefined ? [] : ['-p', row.protocols[0]]);
  const companions = [[], ...(COMPANIONS[key] ?? []).map((set) => set.split(' '))];
  const subject = { kind, name, row, family, before, companions };
  const whole = getWhole(subject);
  const found = PLACES.map((place): Subject => ({ ...subject, ...place })).find((one) => isTaken(one, whole));
  if (found === undefined) {
    throw new Error(`${family} ${name}: no companions in companions.ts make a rule of it`);
  }
  return found;
}

/** The options of the plainest rule with the match or target. */
function getWhole(subject: Pick<Subject, 'row' | 'family' | 'companions' | 'before'>): Words {
  const { row, companions } = subject;
  const [option] = row.options;
  const [first = []] = option === undefined ? [] : getExamples(option, subject);
  return companions[1] ?? (option === undefined || row.least === 0 ? [] : [option.flag, ...first]);
}

function isTaken(subject: Subject, options: Words): boolean {
  return readLine(makeLine(subject, options, ''), subject.family, null).problem === null;
}

let names = 0;

function makeLine(
  { kind, name, before, table, chain }: Omit<Subject, 'row' | 'family' | 'companions'>,
  options: Words,
  about: string,
): Line {
  const words = ['-A', chain, ...before, kind, name, ...options].map((word) => (word === 'NAME' ? `n${names++}` : word));
  return { table, text: words.map(quoteRestoreWord).join(' '), about: `${name}: ${about}` };
}

/** Values for an option, with several for its first parser. Empty if no kind of value has any. */
function getExamples({ values }: OptionRow, subject: Pick<Subject, 'family' | 'before'>): Words[] {
  if (values.length === 0) {
    return [[]];
  }
  const [first = [], ...rest] = values.map((parse) => findExamples(toTaker(parse, subject), subject.family));
  return first.map((example) => [example, ...rest.map((examples) => examples[0] ?? '')]);
}

function toTaker(parse: ValueParser, { family, before }: Pick<Subject, 'family' | 'before'>): Taker {
  const protocol = before[before.indexOf('-p') + 1] ?? null;
  return (text) => {
    try {
      parse(text, family, protocol);
      return true;
    } catch (error) {
      if (error instanceof RuleError) {
        return false;
      }
      throw error;
    }
  };
}

function findUse(subject: Subject, option: OptionRow): OptionUse {
  const examples = getExamples(option, subject);
  for (const { table, chain } of [subject, ...PLACES]) {
    for (const values of examples) {
      for (const set of subject.companions) {
        const companions = without(set, option);
        if (isTaken({ ...subject, table, chain }, [...companions, option.flag, ...values])) {
          return { table, chain, option, values, companions };
        }
      }
    }
  }
  throw new Error(`${subject.family} ${subject.name} ${option.flag}: no kind of value and no companions make a rule of it`);
}

/** The words without the option and its values. */
function without(words: Words, option: OptionRow): Words {
  const place = words.findIndex((word) => getFlags(option).includes(word));
  return place === -1 ? words : words.toSpliced(place, 1 + option.values.length);
}

function makeLinesOf(subject: Subject): Line[] {
  const options = subject.row.options.filter(
    ({ flag }) => IPV6_OPTIONS[subject.name as keyof typeof IPV6_OPTIONS]?.includes(flag) !== true || subject.family === 'ipv6',
  );
  const uses = options.map((option) => findUse(subject, option));
  return [
    ...uses.flatMap((use) => [...makeValueLines(subject, use), ...makeSpellings(subject, use)]),
    ...uses.flatMap((one) => uses.filter((other) => other !== one).map((other) => makePair(subject, one, other))),
    ...makePlaces(subject),
    ...makeWholeLines(subject),
  ];
}

function makeValueLines(subject: Subject, { option, values, companions, ...place }: OptionUse): Line[] {
  return option.values.flatMap((parse, changed) =>
    makeValues(toTaker(parse, subject), subject.family).flatMap((value) => {
      const words = [option.flag, ...values.with(changed, value)];
      const line = makeLine({ ...subject, ...place }, [...companions, ...words], `${option.flag}: "${value}"`);
      const isPlain = option.negatable && /^(?:[\d:.-]+|[A-Z,]+)$/.test(value);
      return isPlain ? [line, makeLine({ ...subject, ...place }, [...companions, '!', ...words], `! ${option.flag}: "${value}"`)] : [line];
    }),
  );
}

function makeSpellings(subject: Subject, { option, values, companions, ...place }: OptionUse): Line[] {
  const { flag } = option;
  const [first = '', ...rest] = values;
  const ways: [string, Words][] = [
    ...getFlags(option).map((name): [string, Words] => [`as ${name}`, [name, ...values]]),
    ['negated', ['!', flag, ...values]],
    ['negated twice', ['!', '!', flag, ...values]],
    ['negated inside', [flag, '!', ...values]],
    ['without value', [flag]],
    ['with one value more', [flag, ...values, 'more']],
    ['by =', [`${flag}=${first}`, ...rest]],
    ['negated by =', ['!', `${flag}=${first}`, ...rest]],
    ['by = without value', [`${flag}=`, ...rest]],
    ['abbreviated', [flag.slice(0, -1), ...values]],
    ['abbreviated to five', [flag.slice(0, 5), ...values]],
    ['with one dash', [flag.slice(1), ...values]],
    ['in capitals', [flag.toUpperCase(), ...values]],
    ['twice', [flag, ...values, flag, ...values]],
    ['twice, negated', [flag, ...values, '!', flag, ...values]],
  ];
  return ways.map(([how, words]) => makeLine({ ...subject, ...place }, [...companions, ...words], `${flag} ${how}`));
}

function makePair(subject: Subject, one: OptionUse, other: OptionUse): Line {
  const { companions, table, chain } = one.companions.length > other.companions.length ? one : other;
  const words = [one, other].flatMap(({ option, values }) => [option.flag, ...values]);
  const kept = without(without(companions, one.option), other.option);
  return makeLine({ ...subject, table, chain }, [...kept, ...words], `${one.option.flag} with ${other.option.flag}`);
}

/** Each table and chain, and each protocol before it. */
function makePlaces(subject: Subject): Line[] {
  const whole = getWhole(subject);
  const places = [...PLACES, ...TABLES.map((table) => ({ table, chain: 'none' }))];
  return [
    ...places.map((place) => makeLine({ ...subject, ...place }, whole, `in ${place.table} ${place.chain}`)),
    ...PROTOCOLS.split(';').map((before) => makeLine({ ...subject, before: before.split(' ').filter(Boolean) }, whole, `after ${before}`)),
  ];
}

/** The match or target as a whole: without options, twice, in another order. */
function makeWholeLines(subject: Subject): Line[] {
  const { kind, name, row, table, chain, companions } = subject;
  const whole = getWhole(subject);
  const [before, options] = [subject.before, whole].map((words) => words.map(quoteRestoreWord).join(' '));
  const given = `${kind} ${name} ${options}`;
  const write = (how: string, text: string): Line => ({ table, text, about: `${name}: ${how}` });
  return [
    makeLine(subject, [], 'no options'),
    ...companions.flatMap((set) =>
      row.options
        .filter(({ flag }) => set.includes(flag))
        .map((option) => makeLine(subject, without(set, option), `without ${option.flag}`)),
    ),
    makeLine(subject, [...whole, kind, name, ...whole], 'twice'),
    makeLine(subject, [...whole, '-j', 'ACCEPT'], 'with ACCEPT'),
    write('in the other case', `-A ${chain} ${before} ${kind} ${kind === '-m' ? name.toUpperCase() : name.toLowerCase()} ${options}`),
    write('options first', `-A ${chain} ${before} ${options} ${kind} ${name}`),
    write('protocol last', `-A ${chain} ${given} ${before}`),
    write('long', `--append ${chain} ${before} ${kind === '-m' ? '--match' : '--jump'} ${name} ${options}`),
    write('attached', `-A ${chain} ${before} ${kind}${name} ${options}`),
    write('chain last', `${before} ${given} -A ${chain}`),
    write('many blanks', `-A  ${chain}\t${before}  ${given}  `),
    write('stray word', `-A ${chain} ${before} ${given} stray`),
    write('negated', `-A ${chain} ${before} ! ${given}`),
  ];
}
