// Rules that both programs should take, and the same rules with one word changed.
import fc from 'fast-check';
import type { Family, Table } from '../../../src/model/rule.js';
import { quoteRestoreWord, splitShellWords } from '../../../src/rules/quoting.js';
import { TABLES } from '../../../src/rules/tables.js';
import { SEED } from '../../support/seed.js';
import { makeRuleSet } from '../arbitrary/rules.js';
import type { Line } from './lines.js';
import { SPELLINGS } from './texts.js';

type Change = (words: string[], place: number, choice: number) => string[];

/** How a rule is changed. `choice` is any number. */
const CHANGES: Record<string, Change> = {
  'nothing changed': (words) => words,
  'a word left out': (words, place) => words.toSpliced(place, 1),
  'a word twice': (words, place) => words.toSpliced(place, 0, words[place] ?? ''),
  'two words exchanged': (words, place) => words.with(place, words[place - 1] ?? '').with(place - 1, words[place] ?? ''),
  'a ! more': (words, place) => words.toSpliced(place, 0, '!'),
  'a word of the rule': (words, place, choice) => words.with(place, words[choice % words.length] ?? ''),
  'a number changed': (words, place, choice) =>
    words.with(
      place,
      (words[place] ?? '').replace(/\d+/, (digits) => String(BigInt(digits) + BigInt((choice % 5) - 2) * 2n ** BigInt(choice % 33))),
    ),
  'a number spelled otherwise': (words, place, choice) =>
    words.with(
      place,
      (words[place] ?? '').replace(/\d+/, () => SPELLINGS[choice % SPELLINGS.length] ?? ''),
    ),
  'a character left out': (words, place, choice) => words.with(place, cut(words[place] ?? '', choice, '')),
  'a character more': (words, place, choice) =>
    words.with(place, cut(words[place] ?? '', choice, `${words[place]}0:/-,!`.at(choice % 7) ?? '')),
  'the other case': (words, place) => words.with(place, swapCase(words[place] ?? '')),
};

/** Puts the text in the place of one character. */
function cut(word: string, choice: number, text: string): string {
  const characters = [...word];
  return characters.toSpliced(choice % (characters.length + 1), 1, text).join('');
}

function swapCase(word: string): string {
  return word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase();
}

export function makeRandomLines(family: Family, sets: number): Line[] {
  const change = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...Object.keys(CHANGES)));
  const changedSets = fc.tuple(makeRuleSet(family), fc.array(change, { minLength: 30, maxLength: 30 }));
  return fc.sample(changedSets, { numRuns: sets, ...SEED }).flatMap(([texts, changes]) =>
    texts.flatMap((text, index): Line[] => {
      const [place = 0, choice = 0, how = ''] = changes[index % changes.length] ?? [];
      return toLines(text, (words) => CHANGES[how]?.(words, 3 + (place % Math.max(1, words.length - 3)), choice) ?? words, how);
    }),
  );
}

/** The line of a rule string, if it appends to a built-in chain and jumps to no other. */
function toLines(text: string, change: (words: string[]) => string[], how: string): Line[] {
  const words = splitShellWords(text).filter((word) => word !== 'ip6tables');
  const table = words[0] === '-t' ? (words[1] as Table) : 'filter';
  const [command, chain, ...rest] = words[0] === '-t' ? words.slice(2) : words;
  const jumps = rest.some((word, place) => ['-j', '-g'].includes(rest[place - 1] ?? '') && /[a-z#é]/.test(word));
  if (command !== '-A' || !/^[A-Z]+$/.test(chain ?? '') || jumps || !TABLES.includes(table) || rest.length === 0) {
    return [];
  }
  const changed = change(['-A', chain ?? '', '', ...rest]).filter((_, place) => place !== 2);
  return [{ table, text: changed.map(quoteRestoreWord).join(' '), about: `random: ${how}` }];
}
