import { nameCharacter } from '../../words/harmless.js';
import { type NftPiece, type NftProblem, scanNft } from './scan.js';

/** The refused characters, by the kind of text that contains them. */
const REFUSED = {
  // Control characters, separators of lines and paragraphs, invisible characters and unpaired surrogates. With them, a person, an editor
  // and nft see different lines. Zero-width joiners are allowed, because words and emoji contain them.
  comment: /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
  // A NUL ends a string for nft, and an unpaired surrogate is not UTF-8. All other characters are data. nft keeps them, loopfw reads nft's
  // listing with them, and the reports make them harmless.
  string: /[\0\p{Cs}]/gu,
  // nft accepts only ASCII here.
  word: /(?![\t\n])[^ -~]/gu,
};

const NAMES: Record<string, string> = {
  '\0': 'NUL',
  '\x0b': 'vertical tab',
  '\x0c': 'form feed',
  '\r': 'carriage return',
  '\x1b': 'escape',
  '\x7f': 'delete',
  '\x85': 'next line',
  '\xa0': 'no-break space',
  '\xad': 'soft hyphen',
  '\u200b': 'zero-width space',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\ufeff': 'byte order mark',
};

/** Finds refused characters in the text of an nft file. Reports the first of each kind, and how many there are. */
export function checkNftCharacters(text: string): NftProblem[] {
  if (/^[\t\n -~]*$/.test(text)) {
    return [];
  }
  const firsts = new Map<string, NftProblem>();
  const counts = new Map<string, number>();
  for (const piece of scanNft(text)) {
    for (const { 0: character, index } of piece.text.matchAll(getRefused(piece))) {
      const message = describe(character, piece, text.charAt(piece.offset + index + 1));
      firsts.set(message, firsts.get(message) ?? { ...locate(piece, index), message });
      counts.set(message, (counts.get(message) ?? 0) + 1);
    }
  }
  return [...firsts.values()].map(({ message, ...position }) => {
    const count = counts.get(message) ?? 1;
    return { ...position, message: count === 1 ? message : `${message} (${count} of them; this is the first)` };
  });
}

function getRefused({ kind }: NftPiece): RegExp {
  return kind === 'comment' ? REFUSED.comment : kind === 'string' || kind === 'unclosed' ? REFUSED.string : REFUSED.word;
}

function describe(character: string, { kind }: NftPiece, next: string): string {
  const name = NAMES[character];
  const named = name === undefined ? nameCharacter(character) : `${nameCharacter(character)} (${name})`;
  if (kind === 'string' || kind === 'unclosed') {
    return `${named} in a string is refused: nft would read another string`;
  }
  if (character === '\r' && next === '\n') {
    return `${named} before a line feed is refused: lines for nft end with a line feed alone. Convert the file, for example by dos2unix`;
  }
  return kind === 'comment'
    ? `${named} in a comment is refused: people and programs read other lines there than nft does`
    : `${named} outside a string is refused: nft knows ASCII only there, and of its control characters the tab and the line feed`;
}

function locate({ text, line, column }: NftPiece, index: number): { line: number; column: number } {
  const before = text.slice(0, index);
  const lines = before.split('\n').length - 1;
  return lines === 0 ? { line, column: column + index } : { line: line + lines, column: index - before.lastIndexOf('\n') };
}
