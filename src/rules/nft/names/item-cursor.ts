import type { NftItem } from '../tokens.js';
import { BARE_META, FIELDS, type NftKind } from './value-kinds.js';

const FIB_KEYS = 'saddr daddr mark iif oif'.split(' ');

/** The left side of a comparison, such as `tcp dport`. */
export interface NftLeftSide {
  /** How many items it has after its first one. */
  more: number;
  /** The kind of the value that it is compared with. */
  kind: NftKind;
}

/** A cursor over the items of a rule, or over the values of a set or of a definition. */
export class NftItemCursor {
  readonly #items: NftItem[];
  #at = 0;

  constructor(items: NftItem[]) {
    this.#items = items;
  }

  take(): NftItem | undefined {
    return this.#items[this.#at++];
  }

  skip(count: number): void {
    this.#at += count;
  }

  skipWords(words: string[]): void {
    while (words.includes(this.peek())) {
      this.#at++;
    }
  }

  /** The text of the item at this distance from the next one. Empty for a string, and after the end. */
  peek(distance = 0): string {
    const item = this.#items[this.#at + distance];
    return item === undefined || item.kind === 'string' ? '' : item.text;
  }

  /** How many items have been taken or skipped. */
  get at(): number {
    return this.#at;
  }

  /** The item before the one that was taken last. */
  get before(): NftItem | undefined {
    return this.#items[this.#at - 2];
  }

  /**
   * Finds the left side of a comparison that begins with the item that was taken last. null if it begins none.
   *
   * @param text the text of this item
   * @param isNamePossible whether a name of the rule set is expected: then `numgen`, `symhash` and a key without `meta` count as names
   */
  findLeftSide(text: string, isNamePossible = false): NftLeftSide | null {
    if (text === 'fib' || (!isNamePossible && (text === 'numgen' || text === 'symhash'))) {
      return { more: text === 'fib' ? this.#countFib() : this.#countNumber(), kind: 'own' };
    }
    if (!Object.hasOwn(FIELDS, text)) {
      // Not the unit of a rate such as `10/hour`.
      return !isNamePossible && this.before?.text !== '/' && Object.hasOwn(BARE_META, text)
        ? { more: 0, kind: BARE_META[text] ?? 'unknown' }
        : null;
    }
    if (text === 'arp' && ['saddr', 'daddr'].includes(this.peek())) {
      // `arp saddr ip 192.0.2.1`, `arp saddr ether 02:00:00:00:00:01`
      return { more: 2, kind: this.peek(1) === 'ip' ? 'address' : 'own' };
    }
    let more = text === 'ct' && ['original', 'reply'].includes(this.peek()) ? 1 : 0;
    more += (text === 'ct' || text === 'rt') && ['ip', 'ip6'].includes(this.peek(more)) ? 1 : 0;
    const fields = FIELDS[text] ?? {};
    const field = this.peek(more);
    return Object.hasOwn(fields, field) ? { more: more + 1, kind: fields[field] ?? 'unknown' } : null;
  }

  /** Counts the items after `fib`: `fib saddr . iif oif`. */
  #countFib(): number {
    let more = 0;
    while (FIB_KEYS.includes(this.peek(more))) {
      more++;
      if (this.peek(more) !== '.') {
        break;
      }
      more++;
    }
    return more + 1;
  }

  /** Counts the items after `numgen` or `symhash`: `numgen inc mod 2 offset 1`, `symhash mod 2`. */
  #countNumber(): number {
    let more = ['inc', 'random'].includes(this.peek()) ? 1 : 0;
    while (['mod', 'offset', 'seed'].includes(this.peek(more))) {
      more += 2;
    }
    return more;
  }
}
