import { createScanner } from 'jsonc-parser';
import type { Position } from '../../model/diagnostic.js';
import { quote } from '../../words/phrases.js';
import { type Context, describeMisplaced, type Fault, type Token } from './misplaced-token.js';
import type { JsonNode } from './node.js';

/** The first syntax error of a text. */
export interface SyntaxProblem {
  position: Position;
  message: string;
}

const SPACE = /^[ \t\r\n]/;
const COMMENT = /^\/[/*]/;
const PUNCTUATION = /^[[\]{}:,]$/;
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
  const { unclosed, end, before } = scanTokens(text, offset);
  const fault = unclosed ?? describeToken(text, offset, { text, before, open }) ?? { offset: end, message: describeEnd(open) };
  return { position: toPosition(text, fault.offset), message: fault.message };
}

/**
 * Finds the last two tokens before an offset, the end of the last token, and the first comment or string that is not closed or has a control
 * character. Such an error is reported first, wherever it is. A missing quote makes earlier tokens look wrong, and the string that is not
 * closed comes later.
 */
function scanTokens(text: string, wrong: number): { unclosed: Fault | null; end: number; before: Token[] } {
  const scanner = createScanner(text);
  let end = 0;
  let before: Token[] = [];
  while (scanner.getPosition() < text.length) {
    const offset = scanner.getPosition();
    scanner.scan();
    const token = text.slice(offset, scanner.getPosition());
    const unclosed = findUnclosed(token, offset);
    if (unclosed !== null) {
      return { unclosed, end, before };
    }
    if (!SPACE.test(token) && !COMMENT.test(token)) {
      end = scanner.getPosition();
      before = offset < wrong ? [{ text: token, offset }, ...before.slice(0, 1)] : before;
    }
  }
  return { unclosed: null, end, before };
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
function describeToken(text: string, offset: number, context: Context): Fault | null {
  const scanner = createScanner(text);
  scanner.setPosition(offset);
  scanner.scan();
  const token = text.slice(offset, scanner.getPosition());
  if (token === '') {
    return null;
  }
  const malformed = describeMalformed(text, token, offset);
  if (malformed !== null) {
    return malformed;
  }
  return describeMisplaced({ text: token, offset }, context) ?? describeUnexpected(text, token, offset);
}

function describeUnexpected(text: string, token: string, offset: number): Fault | null {
  return PUNCTUATION.test(token) ? { offset, message: `unexpected "${token}"` } : describeCharacter(text, offset);
}

/** Describes an error within a string or number; null if there is none. */
function describeMalformed(text: string, token: string, offset: number): Fault | null {
  if (token.startsWith('"')) {
    return describeString(text, token, offset);
  }
  return /^[-\d]/.test(token) ? describeNumber(text, offset) : null;
}

function describeString(text: string, token: string, offset: number): Fault | null {
  for (const { 0: escape, 1: left, index } of token.matchAll(ESCAPE)) {
    if (left !== undefined) {
      return describeCharacter(text, offset + index + escape.length, offset + index);
    }
  }
  return null;
}

function describeNumber(text: string, offset: number): Fault | null {
  const [start = ''] = NUMBER_START.exec(text.slice(offset)) ?? [];
  const end = offset + start.length;
  if (!/^\d(?!\d)/.test(text.slice(end - 1, end + 1))) {
    return describeCharacter(text, end, offset);
  }
  // `visit` takes a leading zero as a number of its own.
  const isAfterZero = /\d\d/.test(text.slice(offset - 1, offset + 1));
  return isAfterZero ? describeCharacter(text, offset, offset - 1) : null;
}

/** @param start the start of the number or escape that contains the character */
function describeCharacter(text: string, offset: number, start = offset): Fault | null {
  const code = text.codePointAt(offset);
  return code === undefined ? null : { offset: start, message: `unexpected character ${quote(String.fromCodePoint(code))}` };
}

function describeEnd(open: JsonNode | null): string {
  if (open === null) {
    return 'the file is empty, or has only comments';
  }
  const { line, column } = open.position;
  return `unexpected end of file: the "${open.kind === 'object' ? '{' : '['}" of ${line}:${column} is not closed`;
}

/** Lines end at LF, CR and CRLF, as in `visit`. */
function toPosition(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
