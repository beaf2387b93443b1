import type { NftClause, NftClauseContent, NftWord } from './clause.js';
import { NftValueCursor } from './value-cursor.js';

const SIGNS = '== != < > <= >= ! eq ne neq lt gt le ge'.split(' ');
const LOG_OPTIONS = 'prefix level group snaplen queue-threshold'.split(' ');
const NAT = 'snat dnat masquerade redirect tproxy'.split(' ');
const NAT_FAMILY = 'ip ip6 addr port prefix interval .'.split(' ');
const NAT_FLAGS = 'random fully-random persistent ,'.split(' ');
const UNIT = /^(?:packets|[km]?bytes)(?:\/\w+)?$/;

/** Cuts a rule into its matches and its statements, in order. */
export function splitNftClauses(words: NftWord[]): NftClause[] {
  const cursor = new NftValueCursor(words);
  const clauses: NftClause[] = [];
  while (!cursor.isAtEnd) {
    const start = cursor.at;
    const read = new ClauseReader(words, cursor).read();
    clauses.push({ ...read, words: words.slice(start, cursor.at) });
  }
  return clauses;
}

/** Reads one clause. The cursor is behind it afterwards. */
class ClauseReader {
  readonly #words: NftWord[];
  readonly #cursor: NftValueCursor;

  constructor(words: NftWord[], cursor: NftValueCursor) {
    this.#words = words;
    this.#cursor = cursor;
  }

  read(): NftClauseContent {
    const cursor = this.#cursor;
    const first = cursor.peek();
    switch (first) {
      case 'accept':
      case 'drop':
      case 'continue':
      case 'return':
        cursor.skip(1);
        return { kind: 'verdict', verdict: first };
      case 'jump':
      case 'goto':
        cursor.skip(1);
        this.#cursor.skipPrimary(true);
        return { kind: 'verdict', verdict: first };
      case 'reject':
        this.#skipReject();
        return { kind: 'verdict', verdict: first };
      case 'counter':
        this.#skipCounter();
        return { kind: 'idle' };
      case 'log':
        this.#skipLog();
        return { kind: 'idle' };
      case 'comment':
        cursor.skip(2);
        return { kind: 'idle' };
      case 'notrack':
        cursor.skip(1);
        return { kind: 'effect' };
      case 'limit':
      case 'quota':
        cursor.skip(1);
        this.#skipRate();
        return { kind: 'rate' };
      case 'add':
      case 'update':
      case 'delete':
        cursor.skip(1);
        this.#cursor.skipPrimary(true);
        this.#cursor.skipPrimary(true);
        return { kind: 'effect' };
      default:
        if (NAT.includes(first)) {
          this.#skipNat();
          return { kind: 'effect' };
        }
        if (first === 'ct' && cursor.peek(1) === 'count') {
          cursor.skip(2);
          this.#skipRate();
          return { kind: 'rate' };
        }
        return this.#readComparison();
    }
  }

  /** Reads what begins with the left side of a comparison: a match, a map of verdicts, or a statement that sets a value. */
  #readComparison(): NftClauseContent {
    const cursor = this.#cursor;
    const start = cursor.at;
    let of = this.#cursor.skipLeftSide();
    if (of === null) {
      cursor.skipAll();
      return { kind: 'rest' };
    }
    const field = this.#print(start, cursor.at);
    while (cursor.peek() === '.') {
      cursor.skip(1);
      this.#cursor.skipLeftSide();
      of = null;
    }
    const isMasked = cursor.skipMask();
    of = isMasked ? null : of;
    if (cursor.peek() === 'vmap') {
      cursor.skip(1);
      this.#cursor.skipPrimary(false);
      return { kind: 'verdict-map' };
    }
    if (cursor.peek() === 'set') {
      cursor.skip(1);
      this.#cursor.skipValue(true);
      return { kind: 'effect' };
    }
    const sign = SIGNS.includes(cursor.peek()) ? (this.#words[cursor.at] ?? null) : null;
    cursor.skip(sign === null ? 0 : 1);
    const from = cursor.at;
    this.#cursor.skipValue(false);
    return { kind: 'match', field, of, isMasked, sign, value: this.#words.slice(from, cursor.at) };
  }

  /** `reject with icmp type port-unreachable`, `reject with icmpx admin-prohibited`, `reject with tcp reset` */
  #skipReject(): void {
    const cursor = this.#cursor;
    cursor.skip(1);
    if (cursor.peek() === 'with') {
      cursor.skip(cursor.peek(2) === 'type' ? 4 : 3);
    }
  }

  #skipCounter(): void {
    this.#cursor.skip(1);
    if (this.#cursor.peek() === 'name') {
      this.#cursor.skip(1);
      this.#cursor.skipValue(true);
    }
    this.#cursor.skipPairs(['packets', 'bytes']);
  }

  #skipLog(): void {
    const cursor = this.#cursor;
    cursor.skip(1);
    for (let before = -1; before !== cursor.at;) {
      before = cursor.at;
      this.#cursor.skipPairs(LOG_OPTIONS);
      if (cursor.peek() === 'flags') {
        cursor.skip(1);
        // `tcp sequence,options`, `ip options`, `skuid`, `ether`, `all`
        cursor.skip(['tcp', 'ip'].includes(cursor.peek()) ? 1 : 0);
        cursor.skipWords(['sequence', 'options', 'skuid', 'ether', 'all', ',']);
      }
    }
  }

  /** `rate over 10 mbytes/second burst 5 packets`, `until 10 mbytes used 2 mbytes`, `over 3`, `name "x"` */
  #skipRate(): void {
    const cursor = this.#cursor;
    if (cursor.peek() === 'name') {
      cursor.skip(1);
      this.#cursor.skipValue(true);
      return;
    }
    cursor.skipWords(['rate']);
    cursor.skipWords(['over', 'until']);
    for (let more = true; more;) {
      cursor.skip(UNIT.test(cursor.peek(1)) ? 2 : 1);
      cursor.skip(cursor.peek() === '/' ? 2 : 0);
      more = ['burst', 'used'].includes(cursor.peek());
      cursor.skip(more ? 1 : 0);
    }
  }

  #skipNat(): void {
    const cursor = this.#cursor;
    cursor.skip(1);
    cursor.skipWords(NAT_FAMILY);
    if (cursor.peek() === 'to') {
      cursor.skip(1);
      cursor.skip(cursor.peek() === ':' ? 1 : 0);
      this.#cursor.skipValue(true);
    }
    cursor.skipWords(NAT_FLAGS);
  }

  #print(start: number, end: number): string {
    return this.#words
      .slice(start, end)
      .map(({ text }) => text)
      .join(' ');
  }
}
