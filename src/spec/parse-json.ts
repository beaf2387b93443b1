import { evaluate, parse, type DocumentNode } from '@humanwhocodes/momoa';
import type { Position } from '../model/diagnostic.js';
import { tellFormat } from '../rules/tell-format.js';
import { quote } from '../words/phrases.js';
import type { JsonNode } from './json-node.js';
import { readJsonNodes } from './read-json-nodes.js';
import { readMomoaNodes } from './read-momoa-nodes.js';
import { scanJson, type Scan } from './scan-json.js';
import { toPosition } from './to-position.js';

/** The tree has the positions, the value is what ajv reads. */
export interface ParsedJson {
  root: JsonNode;
  value: unknown;
}

export interface SyntaxProblem {
  position: Position;
  message: string;
}

interface MomoaError extends Error {
  line: number;
  column: number;
  offset: number;
}

const TOKENS: Record<string, string> = {
  LBrace: '"{"',
  RBrace: '"}"',
  LBracket: '"["',
  RBracket: '"]"',
  Colon: '":"',
  Comma: '","',
  String: 'string',
  Number: 'number',
  Boolean: 'true or false',
  Null: 'null',
};

/** Reads JSON with comments and trailing commas; stops at the first error of syntax. */
export function parseJson(text: string): ParsedJson | SyntaxProblem {
  const json = parseAnyJson(text);
  return 'message' in json && isRuleset(text)
    ? {
        position: { line: 1, column: 1 },
        message: 'this is a rule set, not a scenario: give it by --ruleset, beside the scenarios to try it with',
      }
    : json;
}

/** Somebody who has a rule set tries to run it. No scenario begins as one does. */
function isRuleset(text: string): boolean {
  return !/^\s*[[{]/.test(text) && tellFormat(text) !== null;
}

/** The same of any JSON. */
export function parseAnyJson(text: string): ParsedJson | SyntaxProblem {
  const scan = scanJson(text);
  if (scan.problem !== null) {
    return { position: toPosition(text, scan.problem.offset), message: scan.problem.message };
  }
  const strict = tryStrict(scan.text);
  if (strict !== null) {
    return strict;
  }
  try {
    const { body } = parseText(scan.text);
    return { root: readMomoaNodes(body), value: evaluate(body) };
  } catch (error) {
    if (!isMomoaError(error)) {
      throw error;
    }
    return isAtEnd(scan.text) ? describeEnd(scan) : { position: { line: error.line, column: error.column }, message: describeError(error) };
  }
}

/** Nearly every file is JSON to the letter, once comments are blanked. null: what it is, or what is wrong with it, is for momoa to say. */
function tryStrict(text: string): ParsedJson | null {
  try {
    const value: unknown = JSON.parse(text);
    return { root: readJsonNodes(text), value };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}

function parseText(text: string): DocumentNode {
  return parse(text, { mode: 'json', allowTrailingCommas: true });
}

function isMomoaError(error: unknown): error is MomoaError {
  return error instanceof Error && 'line' in error && 'column' in error && 'offset' in error;
}

/** momoa reports a missing end at the last token, or at 1:1. With a character at the end that no JSON has, it stops there. */
function isAtEnd(text: string): boolean {
  try {
    parseText(`${text} \0`);
  } catch (error) {
    return isMomoaError(error) && error.offset >= text.length;
  }
  return false;
}

function describeEnd({ text, open }: Scan): SyntaxProblem {
  const position = toPosition(text, text.trimEnd().length);
  const last = open.at(-1);
  if (last === undefined) {
    return { position, message: 'unexpected end of file' };
  }
  const opened = toPosition(text, last);
  return { position, message: `unexpected end of file: the "${text[last]}" of ${opened.line}:${opened.column} is not closed` };
}

function describeError(error: MomoaError): string {
  const [, kind, what = ''] = /^Unexpected (\w+) (.*) found\. \(\d+:\d+\)$/s.exec(error.message) ?? [];
  switch (kind) {
    case 'token':
      return `unexpected ${TOKENS[what] ?? what}`;
    case 'character':
    case 'identifier':
      return `unexpected ${kind === 'character' ? 'character' : 'word'} ${quote(what.slice(1, -1))}`;
    default:
      return error.message;
  }
}
