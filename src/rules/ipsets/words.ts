import { quote } from '../../words/phrases.js';
import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import type { IpsetOption } from './options.js';

/** A word of a line that ipset(8) reads, with its column. */
export interface IpsetWord {
  text: string;
  column: number;
  isQuoted: boolean;
}

/** The reason why a word is refused. */
export class IpsetError extends RuleError {
  readonly column: number;

  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

/** Reads a word. A RuleError that `read` throws gets the column of the word. @throws IpsetError also if the word is missing */
export function readAt<Value>(word: IpsetWord | undefined, end: number, what: string, read: (text: string) => Value): Value {
  if (word === undefined) {
    throw new IpsetError(`${what} is missing`, end);
  }
  try {
    return read(assertBare(word));
  } catch (error) {
    throw error instanceof RuleError && !(error instanceof IpsetError) ? new IpsetError(error.message, word.column) : error;
  }
}

function assertBare({ text, column, isQuoted }: IpsetWord): string {
  if (isQuoted) {
    throw new IpsetError(`${quote(text)} is quoted: only the text of a comment may be`, column);
  }
  if (text.startsWith('-')) {
    throw new IpsetError(`${quote(text)} is refused: an option of the program ipset, not of a set`, column);
  }
  return text;
}

/** Which options a line may have. */
interface OptionForm {
  rows: Record<string, IpsetOption>;
  /** The names that are possible in this line. */
  allowed: string[];
  /** What such an option is called in a message. */
  what: string;
  /** The options of the set, for a line that adds an element. */
  setOptions?: GivenOptions;
}

/** The options of a line, each with the words that ipset gets of it. */
export type GivenOptions = Map<string, string[]>;

/** Reads the options of a line. @throws IpsetError */
export function readOptions(words: IpsetWord[], end: number, { rows, allowed, what, setOptions }: OptionForm): GivenOptions {
  const given: GivenOptions = new Map();
  for (let place = 0; place < words.length;) {
    const word = words[place++];
    const name = readAt(word, end, what, (text) => {
      if (!allowed.includes(text)) {
        throw new RuleError(`${quote(text)} is not ${what}${didYouMean(text, allowed)}: ${allowed.join(', ')}`);
      }
      if (given.has(text)) {
        throw new RuleError(`${text} is given twice`);
      }
      const needs = rows[text]?.needs;
      if (needs !== undefined && setOptions?.has(needs) === false) {
        throw new RuleError(`${text} needs a set that is created with "${needs}"`);
      }
      return text;
    });
    const row = rows[name] ?? { kind: 'word' };
    if (row.kind === 'word') {
      given.set(name, row.isDropped === true ? [] : [name]);
      continue;
    }
    const value = words[place++];
    const read = row.kind === 'comment' ? null : readAt(value, end, `the value of ${name}`, row.read);
    if (value === undefined) {
      throw new IpsetError(`the value of ${name} is missing`, end);
    }
    given.set(name, read === null ? [] : [name, read]);
  }
  return given;
}
