import type { Position } from '../../model/diagnostic.js';

/** A piece of an nft file as it is written. Line and column count from 1, the offset from 0. */
export interface NftPiece {
  /** word: everything up to the next blank, quote or sign. nft's scanner cuts it further (word.ts). */
  kind: 'blank' | 'comment' | 'string' | 'unclosed' | 'end' | '{' | '}' | ',' | 'word';
  text: string;
  line: number;
  column: number;
  offset: number;
}

/** A problem in the text of an nft file, and its place. */
export interface NftProblem extends Position {
  message: string;
}

const LINE_FEED = 0x0a;

/**
 * The rules of nft's scanner (src/scanner.l of nftables). Only a line feed ends a line, in a comment too. A carriage return, a form feed or
 * U+2028 is a character like any other.
 */
const RULES = {
  /**
   * nft skips a line that contains only a comment, with its line feed. After a joined line, the statement goes on behind such a comment.
   */
  commentLine: /[ \t]*#[^\n]*\n/y,
  blank: /[ \t]+/y,
  /** Up to the line feed. The line feed ends the statement, as it does without a comment. */
  comment: /#[^\n]*/y,
  /** There are no escapes. A string may go on over several lines. Without a second quote it is unclosed. */
  string: /"[^"]*"?/y,
  /** A backslash right before a line feed joins two lines. No other backslash is special. */
  word: /(?:[^ \t\n"#;{},\\]|\\(?!\n))+/y,
};

/** Cuts the text of an nft file into pieces. The pieces contain every character of the text. */
export function* scanNft(text: string): Generator<NftPiece> {
  let [line, start, at] = [1, 0, 0];
  while (at < text.length) {
    const isAtStart = at === 0 || text.charCodeAt(at - 1) === LINE_FEED;
    const comment = isAtStart ? matchAt(RULES.commentLine, text, at) : '';
    const piece = comment === '' ? readPiece(text, at) : { kind: 'comment' as const, text: comment };
    yield { kind: piece.kind, text: piece.text, line, column: at - start + 1, offset: at };
    for (let end = piece.text.indexOf('\n'); end !== -1; end = piece.text.indexOf('\n', end + 1)) {
      line++;
      start = at + end + 1;
    }
    at += piece.text.length;
  }
}

/** What a sticky pattern matches at an offset; empty if it does not match there. */
export function matchAt(rule: RegExp, text: string, at: number): string {
  rule.lastIndex = at;
  return rule.exec(text)?.[0] ?? '';
}

function readPiece(text: string, at: number): Pick<NftPiece, 'kind' | 'text'> {
  const first = text.charAt(at);
  switch (first) {
    case ' ':
    case '\t':
      return { kind: 'blank', text: matchAt(RULES.blank, text, at) };
    case ';':
    case '\n':
      return { kind: 'end', text: first };
    case '{':
    case '}':
    case ',':
      return { kind: first, text: first };
    case '#':
      return { kind: 'comment', text: matchAt(RULES.comment, text, at) };
    case '"': {
      const found = matchAt(RULES.string, text, at);
      return { kind: found.length > 1 && found.endsWith('"') ? 'string' : 'unclosed', text: found };
    }
    default:
      return first === '\\' && text.charCodeAt(at + 1) === LINE_FEED
        ? { kind: 'blank', text: '\\\n' }
        : { kind: 'word', text: matchAt(RULES.word, text, at) };
  }
}

export function toNftProblem({ line, column }: Position, message: string): NftProblem {
  return { line, column, message };
}
