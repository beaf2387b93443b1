import type { NftKind } from './value-kinds.js';

/** The kinds of value that nft expects. `keys` has one kind for each part of a concatenation. `data` has the kinds of a map's values. */
export interface NftExpected {
  keys: NftKind[];
  data: NftKind[];
}

export const NFT_UNKNOWN: NftExpected = { keys: ['unknown'], data: ['unknown'] };

/** The kinds of value that nft expects at the next item, inside and outside braces. The reader of the items tells it what it has met. */
export class NftExpectation {
  /** The next braces contain expressions, and no value follows these: `add @s { ip saddr timeout 5s }`. */
  isKeyed = false;
  /** The kind that is expected at each part of a concatenation. */
  #kinds: NftKind[];
  /** The part of the concatenation. */
  #part = 0;
  /** The kinds of the elements in the innermost braces. */
  #keys: NftKind[];
  /** The kinds of the values to which a map's keys lead. */
  #data: NftKind[];
  /** The kinds of the elements in each outer pair of braces. */
  readonly #outer: NftKind[][] = [];
  /** The value is complete: the next word begins something else. */
  #isDone = false;
  /** The last word is the left side of a comparison, or a part of it. */
  #isLeft = false;
  /** The next expression is what a statement writes: `meta mark set ct mark`. It is compared with nothing. */
  #isWritten = false;

  constructor({ keys, data }: NftExpected) {
    this.#kinds = keys;
    this.#keys = keys;
    this.#data = data;
  }

  get kinds(): NftKind[] {
    return this.#kinds;
  }

  /** The kind of the next value. unknown after a complete value. */
  get kind(): NftKind {
    return this.#isDone ? 'unknown' : (this.#kinds[this.#part] ?? 'unknown');
  }

  /** What is expected of the next value and of all that belongs to it. */
  get rest(): NftExpected {
    return { keys: this.#isDone ? NFT_UNKNOWN.keys : this.#getRest(), data: this.#data };
  }

  /** Expects a value of these kinds. Without `data`, the values of maps keep their kinds. */
  expect(kinds: NftKind[], data = this.#data): void {
    this.#kinds = kinds;
    this.#data = data;
    this.#part = 0;
    this.#isDone = false;
    this.#isLeft = false;
    this.#isWritten = false;
  }

  /** After a comma: another value of the same kinds. */
  expectNext(): void {
    this.expect(this.#isInBraces ? this.#keys : this.#kinds);
  }

  /** After a colon: the value of a map. Outside braces, it is a port: `dnat to 127.0.0.1:80`. */
  expectData(): void {
    const data = this.#isInBraces ? this.#data : this.#data.slice(-1);
    this.expect(data, data);
  }

  /** After a dot: the next part of a concatenation. */
  expectPart(): void {
    this.#part = this.#isLeft ? this.#kinds.length : this.#part + 1;
    this.#isDone = false;
  }

  /** After a sign such as `!=` or `-`: another value of the same kind. */
  expectOperand(): void {
    this.#isDone = false;
    this.#isLeft = false;
  }

  /** After an operator that is a word. The keys of `ip saddr . tcp dport vmap { … }` begin with the first part again. */
  expectAfterOperator(operator: string): void {
    this.expect(this.#kinds, operator === 'set' ? this.#kinds : operator === 'vmap' ? NFT_UNKNOWN.data : this.#data);
    this.#isWritten = operator === 'set';
    this.isKeyed = false;
  }

  /** After the left side of a comparison, or after another part of it: a value of this kind. */
  expectRightSide(kind: NftKind): void {
    const isMore = this.#isLeft && this.#part > 0 && this.#part === this.#kinds.length;
    const isComplete = this.isKeyed || this.#isWritten;
    this.expect(isMore ? [...this.#kinds, kind] : [kind]);
    this.#isLeft = true;
    this.#isDone = isComplete;
  }

  /**
   * After a complete value.
   *
   * @param next the text of the next item
   */
  finish(next: string): void {
    this.#isDone = true;
    this.#isLeft = false;
    this.#isWritten = false;
    if (!this.#isInBraces && !/^[-:.]$/.test(next)) {
      this.#data = NFT_UNKNOWN.data;
    }
  }

  open(): void {
    this.#outer.push(this.#keys);
    this.#keys = this.isKeyed ? NFT_UNKNOWN.keys : this.#getRest();
    this.expect(this.#keys, this.isKeyed ? NFT_UNKNOWN.data : this.#data);
  }

  /** @param next as for `finish` */
  close(next: string): void {
    this.#keys = this.#outer.pop() ?? NFT_UNKNOWN.keys;
    this.isKeyed = false;
    this.finish(next);
  }

  get #isInBraces(): boolean {
    return this.#outer.length > 0;
  }

  /** The kinds of the parts that are not read yet. */
  #getRest(): NftKind[] {
    const rest = this.#kinds.slice(this.#isLeft ? 0 : this.#part);
    return rest.length === 0 ? NFT_UNKNOWN.keys : rest;
  }
}
