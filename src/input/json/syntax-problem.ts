import { createScanner } from 'jsonc-parser';
import type { Position } from '../../model/diagnostic.js';
import { quote } from '../../words/phrases.js';
import type { JsonNode } from './node.js';

/** The first syntax error of a text. */
export interface SyntaxProblem {
  position: Position;
  message: string;
}

/** A problem at an offset in the text. */
interface Fault {
  offset: number;
  message: string;
}

const SPACE = /^[ \t\r\n]/;
const COMMENT = /^\/[/*]/;
const PUNCTUATION = /^[[\]{}:,]$/;
const LITERALS = new Map([
  ['true', 'true or false'],
  ['false', 'true or false'],
  ['null', 'null'],
]);
/** A word that looks like true, false or null. */
const WORD = /^[tfn][\p{ID_Continue}$]*/u;
/** The longest correct start of a number. The number is complete if the start ends in a digit and no digit follows. */
const NUMBER_START = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:\.|[eE][+-]?\d*)?)?/;
/** An escape in a string. The group has the rest of a wrong escape. */
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}|(u[\dA-Fa-f]*|))/g;

/**
 * Describes why a text is not JSON with optional comments and trailing commas.
 *
 * @param offset the offset of the first token that is wrong at its place
 * @param open the innermost array or object around that token
 */
export function describeSyntaxError(text: string, offset: number, open: JsonNode | null): SyntaxProblem {
  const { unclosed, end } = scanTokens(text);
  const fault = unclosed ?? describeToken(text, offset) ?? { offset: end, message: describeEnd(open) };
  return { position: toPosition(text, fault.offset), message: fault.message };
}

/**
 * Finds the end of the last token, and the first comment or string that is not closed or has a control character. Such an error is reported
 * first, wherever it is. A missing quote makes earlier tokens look wrong, and the string that is not closed comes later.
 */
function scanTokens(text: string): { unclosed: Fault | null; end: number } {
  const scanner = createScanner(text);
  let end = 0;
  while (scanner.getPosition() < text.length) {
    const offset = scanner.getPosition();
    scanner.scan();
    const token = text.slice(offset, scanner.getPosition());
    const unclosed = findUnclosed(token, offset);
    if (unclosed !== null) {
      return { unclosed, end };
    }
    if (!SPACE.test(token) && !COMMENT.test(token)) {
      end = scanner.getPosition();
    }
  }
  return { unclosed: null, end };
}

function findUnclosed(token: string, offset: number): Fault | null {
  if (token.startsWith('/*')) {
    return token.length > 3 && token.endsWith('*/') ? null : { offset, message: 'the comment is never closed' };
  }
  if (!token.startsWith('"')) {
    return null;
  }
  const plain = token.replaceAll(/\\[^]/g, '  ');
  const control = plain.search(/[\0-\x1f]/);
  if (control >= 0) {
    return { offset: offset + control, message: 'a control character in a string: write it as an escape, such as \\t' };
  }
  const isClosed = plain.length > 1 && plain.endsWith('"');
  return isClosed ? null : { offset, message: 'the string is not closed on its line' };
}

/** Describes the token at an offset; null if the text ends too early. */
function describeToken(text: string, offset: number): Fault | null {
  const scanner = createScanner(text);
  scanner.setPosition(offset);
  scanner.scan();
  const token = text.slice(offset, scanner.getPosition());
  if (token === '') {
    return null;
  }
  if (token.startsWith('"')) {
    return describeString(text, token, offset);
  }
  if (/^[-\d]/.test(token)) {
    return describeNumber(text, offset);
  }
  if (PUNCTUATION.test(token)) {
    return { offset, message: `unexpected "${token}"` };
  }
  return describeWord(text, token, offset);
}

function describeWord(text: string, token: string, offset: number): Fault | null {
  const [word = ''] = WORD.exec(token) ?? [];
  const literal = LITERALS.get(word);
  if (literal !== undefined) {
    return token === word ? { offset, message: `unexpected ${literal}` } : describeCharacter(text, offset + word.length);
  }
  return word === '' ? describeCharacter(text, offset) : { offset, message: `unexpected word ${quote(word)}` };
}

function describeString(text: string, token: string, offset: number): Fault | null {
  for (const { 0: escape, 1: left, index } of token.matchAll(ESCAPE)) {
    if (left !== undefined) {
      return describeCharacter(text, offset + index + escape.length, offset + index);
    }
  }
  return { offset, message: 'unexpected string' };
}

function describeNumber(text: string, offset: number): Fault | null {
  const [start = ''] = NUMBER_START.exec(text.slice(offset)) ?? [];
  const end = offset + start.length;
  if (!/^\d(?!\d)/.test(text.slice(end - 1, end + 1))) {
    return describeCharacter(text, end, offset);
  }
  // `visit` takes a leading zero as a number of its own.
  const isAfterZero = /\d\d/.test(text.slice(offset - 1, offset + 1));
  return isAfterZero ? describeCharacter(text, offset, offset - 1) : { offset, message: 'unexpected number' };
}

/** @param start the start of the number or escape that contains the character */
function describeCharacter(text: string, offset: number, start = offset): Fault | null {
  const code = text.codePointAt(offset);
  return code === undefined ? null : { offset: start, message: `unexpected character ${quote(String.fromCodePoint(code))}` };
}

function describeEnd(open: JsonNode | null): string {
  if (open === null) {
    return 'unexpected end of file';
  }
  const { line, column } = open.position;
  return `unexpected end of file: the "${open.kind === 'object' ? '{' : '['}" of ${line}:${column} is not closed`;
}

/** Lines end at LF, CR and CRLF, as in `visit`. */
function toPosition(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
