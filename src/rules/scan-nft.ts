/** A piece of an nft file as it is written. Line and column count from 1, the offset from 0. */
export interface NftPiece {
  /** word: everything else up to the next blank, quote or sign; nft's scanner cuts it further (split-nft-word.ts). */
  kind: 'blank' | 'comment' | 'string' | 'unclosed' | 'end' | '{' | '}' | ',' | 'word';
  text: string;
  line: number;
  column: number;
  offset: number;
}

/**
 * The rules of nft's scanner (src/scanner.l of nftables), in the order in which they are tried. Only a line feed ends a line: a carriage
 * return, a form feed or U+2028 is a character like any other, in a comment too.
 */
const RULES = {
  // Blanks; or a backslash right before a line feed, which joins two lines. No other backslash is special.
  blank: /[ \t]+|\\\n/,
  // Up to the line feed, which ends the statement as it does without a comment.
  comment: /#[^\n]*/,
  // No escapes; it may go on over several lines.
  string: /"[^"]*"/,
  unclosed: /"[^"]*/,
  end: /[;\n]/,
  sign: /[{},]/,
  word: /(?:[^ \t\n"#;{},\\]|\\(?!\n))+/,
};

/** A line that holds only a comment is left out together with its line feed: after a joined line, the statement goes on behind it. */
const COMMENT_LINE = /[ \t]*#[^\n]*\n/y;

const PIECE = new RegExp(
  Object.entries(RULES)
    .map(([name, { source }]) => `(?<${name}>${source})`)
    .join('|'),
  'y',
);

/** Goes through the text of an nft file piece by piece; nothing of it is left out. */
export function* scanNft(text: string): Generator<NftPiece> {
  let [line, start, at] = [1, 0, 0];
  while (at < text.length) {
    const isAtStart = at === 0 || text.charCodeAt(at - 1) === 0x0a;
    const piece = (isAtStart ? read(COMMENT_LINE, text, at, 'comment') : null) ?? readPiece(text, at);
    yield { ...piece, line, column: at - start + 1, offset: at };
    for (let end = piece.text.indexOf('\n'); end !== -1; end = piece.text.indexOf('\n', end + 1)) {
      line++;
      start = at + end + 1;
    }
    at += piece.text.length;
  }
}

function read(rule: RegExp, text: string, at: number, kind: NftPiece['kind']): Pick<NftPiece, 'kind' | 'text'> | null {
  rule.lastIndex = at;
  const found = rule.exec(text)?.[0];
  return found === undefined ? null : { kind, text: found };
}

function readPiece(text: string, at: number): Pick<NftPiece, 'kind' | 'text'> {
  PIECE.lastIndex = at;
  const groups = PIECE.exec(text)?.groups ?? {};
  for (const [name, found] of Object.entries<string | undefined>(groups)) {
    if (found !== undefined) {
      return { kind: name === 'sign' ? (found as '{' | '}' | ',') : (name as NftPiece['kind']), text: found };
    }
  }
  throw new Error('every character begins one of the pieces');
}
