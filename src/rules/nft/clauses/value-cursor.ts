import { NftItemCursor } from '../names/item-cursor.js';
import type { NftKind } from '../names/value-kinds.js';
import type { NftWord } from './clause.js';

const BIT_SIGNS = '& | ^ << >> and or xor lshift rshift'.split(' ');
/** What joins two words to one value. */
const JOINTS = [...BIT_SIGNS, ...', - . / map :'.split(' ')];
const OPTION_FIELDS = 'kind length count left right size value tsval tsecr ptr type'.split(' ');

/** A cursor over the words of a rule that skips whole values and whole left sides. */
export class NftValueCursor extends NftItemCursor {
  readonly #length: number;

  constructor(words: NftWord[]) {
    super(words);
    this.#length = words.length;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#length;
  }

  skipAll(): void {
    this.skip(this.#length);
  }

  /** Skips what masks a value: `& 0xff`. @returns whether there is a mask */
  skipMask(): boolean {
    const isMasked = BIT_SIGNS.includes(this.peek());
    while (BIT_SIGNS.includes(this.peek())) {
      this.skip(1);
      this.skipPrimary(false);
    }
    return isMasked;
  }

  /** @returns the kind of the values; null if the words are no left side */
  skipLeftSide(): NftKind | null {
    const text = this.peek();
    if ((text === 'tcp' || text === 'ip' || text === 'sctp') && ['option', 'chunk'].includes(this.peek(1))) {
      this.skip(3);
      this.skip(OPTION_FIELDS.includes(this.peek()) ? 1 : 0);
      return 'own';
    }
    if (text === 'exthdr') {
      this.skip(2);
      return 'own';
    }
    if (text === '@' && this.peek(2) === ',') {
      this.skip(6);
      return 'raw';
    }
    this.skip(1);
    const left = this.findLeftSide(text);
    this.skip(left?.more ?? -1);
    return left?.kind ?? null;
  }

  /** Skips one value: words that signs join. @param isWritten whether a statement writes it: then it may be computed */
  skipValue(isWritten: boolean): void {
    this.skipPrimary(isWritten);
    while (JOINTS.includes(this.peek())) {
      this.skip(1);
      this.skipPrimary(isWritten);
    }
  }

  skipPrimary(isWritten: boolean): void {
    const text = this.peek();
    if (text === '{' || text === '(') {
      this.#skipBraces();
    } else if (text === '@' && this.peek(2) === ',') {
      this.skip(6);
    } else if (text === '@' || text === '$') {
      this.skip(2);
    } else if (text === 'jhash') {
      this.skip(1);
      this.skipValue(true);
      this.skipPairs(['mod', 'seed', 'offset']);
    } else {
      this.skip(1);
      this.skip(this.findLeftSide(text, !isWritten)?.more ?? 0);
    }
  }

  #skipBraces(): void {
    let depth = 0;
    do {
      const text = this.peek();
      depth += text === '{' || text === '(' ? 1 : text === '}' || text === ')' ? -1 : 0;
      this.skip(1);
    } while (depth > 0 && !this.isAtEnd);
  }

  skipPairs(names: string[]): void {
    while (names.includes(this.peek())) {
      this.skip(2);
    }
  }
}
