import { quote } from '../../words/phrases.js';
import type { JsonNode } from './node.js';

/** A token of a JSON text. */
export interface Token {
  text: string;
  offset: number;
}

/** A problem at an offset in the text. */
export interface Fault {
  offset: number;
  message: string;
}

/** Where a token is that cannot be there. */
export interface Context {
  text: string;
  /** The last tokens before it, without spaces and comments; the nearest comes first. */
  before: Token[];
  /** The innermost array or object around it. */
  open: JsonNode | null;
}

/** A word that lacks quotes or has the wrong ones. The group has it without them. */
const WORD = /^(?<quote>['`“”„«‘’]?)(?<word>[\p{ID_Continue}$][\p{ID_Continue}$.:/-]*)(?<end>['`“”»‘’]?)$/u;
/** A text without quotes, up to what would follow a value. */
const RUN = /[^\s,[\]{}"]*/y;
const VALUE_START = /^["[{\-\d\p{ID_Start}]/u;
const CLOSING = /^[\]}]$/;
/** Whether one of two tokens side by side is a string or a bracket. Otherwise they are parts of one word. */
const DELIMITED = /["[\]{}]/;
const OTHER_QUOTE = /^['`“”„«‘’]/u;
const WORDS_OF_PYTHON: Record<string, string> = { True: 'true', False: 'false', None: 'null' };

/** What the grammar expects after the tokens before. */
type Expected = 'key' | 'colon' | 'value' | 'comma' | 'document' | 'end';

/** Describes what a user has left out or mixed up there, in the user's words; null if the token tells nothing. */
export function describeMisplaced(token: Token, context: Context): Fault | null {
  const message = describe(token, context, getExpected(context));
  return typeof message === 'string' ? { offset: token.offset, message } : message;
}

function getExpected({ before: [last, earlier], open }: Context): Expected {
  if (last === undefined || open === null) {
    return last === undefined ? 'document' : 'end';
  }
  const isObject = open.kind === 'object';
  if (last.text === '{' || (last.text === ',' && isObject)) {
    return 'key';
  }
  if (['[', ',', ':'].includes(last.text)) {
    return 'value';
  }
  return isObject && last.text.startsWith('"') && ['{', ','].includes(earlier?.text ?? '') ? 'colon' : 'comma';
}

function describe(token: Token, context: Context, expected: Expected): Fault | string | null {
  if (token.text.startsWith('#')) {
    return 'a comment begins with //, not with #';
  }
  const [last] = context.before;
  switch (expected) {
    case 'key':
      return token.text === ',' && last?.text === ',' ? 'two commas: one is too many' : describeWord(token.text, 'keys');
    case 'value':
      return describeNoValue(token, context) ?? describeWord(readRun(context.text, token.offset), 'texts');
    case 'colon':
      return describeNoColon(token, context);
    case 'comma':
      return describeNoComma(token, context);
    case 'document':
      return describeStart(token);
    case 'end':
      return describeRest(token, last);
  }
}

/** Describes a word without quotes, or with other quotes than JSON has. */
function describeWord(text: string, what: 'keys' | 'texts'): string | null {
  const literal = Object.hasOwn(WORDS_OF_PYTHON, text) ? WORDS_OF_PYTHON[text] : undefined;
  if (what === 'texts' && literal !== undefined) {
    return `unknown word ${text}: write ${literal}`;
  }
  const { quote: other = '', word, end = '' } = WORD.exec(text)?.groups ?? {};
  if (word !== undefined && (other === '') === (end === '')) {
    return `${what} need ${other === '' ? 'quotes' : 'double quotes (")'}: write ${quote(word)}`;
  }
  return OTHER_QUOTE.test(text) ? `${what} need double quotes (")` : null;
}

function describeNoValue({ text }: Token, { before: [last, key] }: Context): string | null {
  if (last?.text === ':' && [',', '}'].includes(text)) {
    return `the key ${key?.text ?? ''} has no value`;
  }
  return last?.text === ',' && text === ',' ? 'two commas: one is too many' : null;
}

function describeNoColon({ text }: Token, { before: [key] }: Context): string {
  const name = cut(key?.text ?? '');
  return text.startsWith('=') ? `after the key ${name} comes a colon (:), not =` : `a colon is missing after the key ${name}`;
}

/** Describes a missing comma. The place is where it belongs. */
function describeNoComma(token: Token, { text, before: [last], open }: Context): Fault | string | null {
  if (token.text === ':' && open?.kind === 'array') {
    return 'unexpected ":": an array has no keys; an object { … } has';
  }
  if (last === undefined || open === null) {
    return null;
  }
  if (CLOSING.test(token.text)) {
    return `unexpected "${token.text}": the "${open.kind === 'object' ? '{' : '['}" of ${open.position.line}:${open.position.column} is not closed`;
  }
  const end = last.offset + last.text.length;
  if (end === token.offset && !DELIMITED.test(last.text + token.text)) {
    // An address without quotes begins with a number: 127.0, and .0.1 is the rest.
    const message = describeWord(readRun(text, last.offset), 'texts');
    return message === null ? null : { offset: last.offset, message };
  }
  if (!VALUE_START.test(token.text) && describeWord(token.text, 'keys') === null) {
    return null;
  }
  const between = text.slice(end, token.offset);
  const isNextLine = /[\r\n]/.test(between);
  const line = text.slice(0, end).split(/\r\n|\r|\n/).length;
  return { offset: end, message: `a comma is missing ${isNextLine ? `after line ${line}` : `before ${cut(token.text)}`}` };
}

/** Describes what follows the value of the whole text. */
function describeRest({ text }: Token, last: Token | undefined): Fault | string | null {
  if (text === ':' && last?.text.startsWith('"') === true) {
    return { offset: last.offset, message: `a "{" is missing before ${cut(last.text)}` };
  }
  return VALUE_START.test(text) ? 'more than one value: an array has several, as in [{ … }, { … }]' : null;
}

function describeStart({ text }: Token): string | null {
  return text === '{' || text === '[' ? null : `expected "{" or "[", found ${quote(text)}`;
}

function readRun(text: string, offset: number): string {
  RUN.lastIndex = offset;
  return RUN.exec(text)?.[0] ?? '';
}

/** A token in a message: a long one is cut. */
function cut(token: string): string {
  return token.length > 40 ? `${token.slice(0, 40)}…` : token;
}
