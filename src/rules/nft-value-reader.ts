import { judgeNftName } from './judge-nft-name.js';
import { toNftProblem, type NftProblem } from './nft-problem.js';
import { isHarmlessNftWord } from './nft-known-names.js';
import { BARE_META, FIELDS, type NftKind } from './nft-value-kinds.js';
import type { NftItem } from './read-nft-items.js';
import { isProtocolName } from './values/protocol.js';

/** The kinds of value that nft expects. `keys` has one kind for each part of a concatenation. `data` has the kinds of a map's values. */
export interface NftExpected {
  keys: NftKind[];
  data: NftKind[];
}

/** A use of a definition: its name, and the kinds that are expected there. */
export interface NftUse extends NftExpected {
  name: string;
}

export interface NftNameProblem {
  problem: NftProblem;
  /** Whether loopfw knows the kind that nft expects there. */
  isSure: boolean;
}

interface Frame {
  kinds: NftKind[];
  /** The braces contain expressions, and no value follows these: `add @s { ip saddr timeout 5s }`. */
  isKeyed: boolean;
}

const UNKNOWN: NftKind[] = ['unknown'];
/** A value of the same kinds as before follows these words. */
const OPERATORS = 'map vmap set and or xor eq ne neq lt le gt ge lshift rshift'.split(' ');
const NAMING = 'jump goto name prefix level comment meter device'.split(' ');
const KEYED = 'add update delete meter jhash symhash'.split(' ');
const NAT: Record<string, NftKind[]> = {
  dnat: ['address', 'service'],
  snat: ['address', 'service'],
  redirect: ['service'],
  masquerade: ['service'],
};
const NAT_WORDS = 'ip ip6 addr port prefix interval .'.split(' ');
const LOG_FLAGS = 'tcp ip sequence options skuid ether all ,'.split(' ');
const FIB_KEYS = 'saddr daddr mark iif oif'.split(' ');
const VALUE_SIGNS = /^(?:[-/&|^!<>=]|==|!=|<=|>=|<<|>>)$/;
const SIGNS = /^[$@()[\]+:.]$/;

/**
 * Reads a rule, or the values of a set or of a definition. Finds the kind that nft expects for each word. If the kind is unknown, only
 * words that are safe everywhere are accepted.
 */
export class NftValueReader {
  readonly problems: NftNameProblem[] = [];
  readonly uses: NftUse[] = [];
  readonly #items: NftItem[];
  readonly #outer: Frame[] = [];
  #at = 0;
  /** The kind that is expected at each place of a concatenation. */
  #kinds: NftKind[];
  #place = 0;
  /** The kinds of the elements in the innermost braces. */
  #keys: NftKind[];
  /** The kinds of the values to which a map's keys lead. */
  #data: NftKind[];
  #isKeyed = false;
  /** The value is complete: the next word begins something else. */
  #isDone = false;
  /** The last word is the left side of a comparison, or a part of it. */
  #isLeft = false;

  constructor(items: NftItem[], { keys, data }: NftExpected = { keys: UNKNOWN, data: UNKNOWN }) {
    this.#items = items;
    this.#kinds = keys;
    this.#keys = keys;
    this.#data = data;
  }

  /**
   * Reads all items.
   *
   * @returns the kinds that were expected last
   */
  read(): NftKind[] {
    for (let item = this.#take(); item !== undefined; item = this.#take()) {
      if (item.kind === 'other') {
        this.#readOther(item);
      } else {
        this.#readWord(item);
      }
    }
    return this.#kinds;
  }

  #take(): NftItem | undefined {
    return this.#items[this.#at++];
  }

  /** The text of the item at this distance from the next one. Empty for a string, and after the end. */
  #peek(distance = 0): string {
    const item = this.#items[this.#at + distance];
    return item === undefined || item.kind === 'string' ? '' : item.text;
  }

  get #kind(): NftKind {
    return this.#kinds[this.#place] ?? 'unknown';
  }

  #expect(kinds: NftKind[], place = 0): void {
    this.#kinds = kinds;
    this.#place = place;
    this.#isDone = false;
    this.#isLeft = false;
  }

  #judge(item: NftItem, kind: NftKind): void {
    const message = judgeNftName(item, kind);
    if (message !== null) {
      this.problems.push({ problem: toNftProblem(item.token, message), isSure: kind !== 'unknown' });
    }
  }

  #readOther(item: NftItem): void {
    const { text } = item;
    if (text === '{') {
      this.#open();
    } else if (text === '}') {
      this.#close();
    } else if (text === ',') {
      this.#expect(this.#outer.length > 0 ? this.#keys : this.#kinds);
    } else if (text === ':') {
      // Outside braces, a port follows: `dnat to 127.0.0.1:80`.
      this.#data = this.#outer.length > 0 ? this.#data : this.#data.slice(-1);
      this.#expect(this.#data);
    } else if (text === '.') {
      this.#place = this.#isLeft ? this.#kinds.length : this.#place + 1;
      this.#isDone = false;
    } else if (VALUE_SIGNS.test(text)) {
      this.#isDone = false;
      this.#isLeft = false;
    } else if (text === '*' || text === ')') {
      this.#finish();
    } else if (!SIGNS.test(text)) {
      this.#judge(item, this.#isDone ? 'unknown' : this.#kind);
      this.#finish();
    }
  }

  #finish(): void {
    this.#isDone = true;
    this.#isLeft = false;
    if (this.#outer.length === 0 && !/^[-:.]$/.test(this.#peek())) {
      this.#data = UNKNOWN;
    }
  }

  #open(): void {
    this.#outer.push({ kinds: this.#keys, isKeyed: this.#isKeyed });
    this.#keys = this.#isKeyed ? UNKNOWN : this.#getRest();
    this.#data = this.#isKeyed ? UNKNOWN : this.#data;
    this.#expect(this.#keys);
  }

  #close(): void {
    const frame = this.#outer.pop();
    this.#keys = frame?.kinds ?? UNKNOWN;
    this.#isKeyed = false;
    this.#finish();
  }

  #readWord(item: NftItem): void {
    const before = this.#items[this.#at - 2];
    const sign = before?.kind === 'other' ? before.text : '';
    if (sign === '$') {
      this.uses.push({ name: item.text, keys: this.#isDone ? UNKNOWN : this.#getRest(), data: this.#data });
      this.#finish();
    } else if (sign === '@') {
      this.#readReference();
    } else if (item.kind === 'string') {
      this.#judge(item, this.#isDone ? 'unknown' : this.#kind);
      this.#finish();
    } else if (!this.#readOperator(item.text) && !this.#readValue(item) && !this.#readLeft(item.text)) {
      this.#readStatement(item);
    }
  }

  #getRest(): NftKind[] {
    const rest = this.#kinds.slice(this.#isLeft ? 0 : this.#place);
    return rest.length === 0 ? UNKNOWN : rest;
  }

  /** Reads a reference to a set (`@set`), or raw bytes of the packet (`@th,16,16`). */
  #readReference(): void {
    if (this.#peek() === ',' && this.#peek(2) === ',') {
      this.#at += 4;
      this.#meetLeft('raw');
    } else {
      this.#finish();
      this.#isKeyed = this.#isKeyed && this.#peek() === '{';
    }
  }

  #readOperator(text: string): boolean {
    if (!OPERATORS.includes(text) || (this.#isKeyed && text === 'set')) {
      return false;
    }
    if (text === 'set') {
      this.#data = this.#kinds;
    } else if (text === 'vmap') {
      this.#data = UNKNOWN;
    }
    this.#isDone = false;
    this.#isKeyed = false;
    // The keys of `ip saddr . tcp dport vmap { … }` begin with the first part again.
    this.#place = 0;
    this.#isLeft = false;
    return true;
  }

  /** Reads a word as a value, if a value is expected and the word does not begin an expression. */
  #readValue(item: NftItem): boolean {
    const kind = this.#kind;
    const before = this.#items[this.#at - 2]?.text ?? '';
    const isExpression = item.text === 'jhash' || this.#findLeft(item.text, kind === 'own' && before !== 'set') !== null;
    const isProtocol = kind === 'protocol' && isProtocolName(item.text) && !Object.hasOwn(FIELDS[item.text] ?? {}, this.#peek());
    if (this.#isDone || kind === 'unknown' || (isExpression && !isProtocol)) {
      return false;
    }
    this.#judge(item, kind);
    this.#finish();
    return true;
  }

  /**
   * Finds the left side of a comparison that begins with this word. `more` counts its other items, `kind` is the kind of its value. null if
   * the word begins none.
   */
  #findLeft(text: string, isStrict: boolean): { more: number; kind: NftKind } | null {
    if (text === 'fib' || (!isStrict && (text === 'numgen' || text === 'symhash'))) {
      return { more: text === 'fib' ? this.#countFib() : this.#countNumber(), kind: 'own' };
    }
    if (!Object.hasOwn(FIELDS, text)) {
      // Not the unit of a rate such as `10/hour`.
      return !isStrict && this.#items[this.#at - 2]?.text !== '/' && Object.hasOwn(BARE_META, text)
        ? { more: 0, kind: BARE_META[text] ?? 'unknown' }
        : null;
    }
    let more = text === 'ct' && ['original', 'reply'].includes(this.#peek()) ? 1 : 0;
    more += (text === 'ct' || text === 'rt') && ['ip', 'ip6'].includes(this.#peek(more)) ? 1 : 0;
    const fields = FIELDS[text] ?? {};
    const field = this.#peek(more);
    return Object.hasOwn(fields, field) ? { more: more + 1, kind: fields[field] ?? 'unknown' } : null;
  }

  #countFib(): number {
    let more = 0;
    while (FIB_KEYS.includes(this.#peek(more))) {
      more++;
      if (this.#peek(more) !== '.') {
        break;
      }
      more++;
    }
    return more + 1;
  }

  /** Counts the items after `numgen` or `symhash`: `numgen inc mod 2 offset 1`, `symhash mod 2`. */
  #countNumber(): number {
    let more = ['inc', 'random'].includes(this.#peek()) ? 1 : 0;
    while (['mod', 'offset', 'seed'].includes(this.#peek(more))) {
      more += 2;
    }
    return more;
  }

  #readLeft(text: string): boolean {
    const left = this.#findLeft(text, false);
    if (left === null) {
      return false;
    }
    this.#at += left.more;
    this.#meetLeft(left.kind);
    return true;
  }

  #meetLeft(kind: NftKind): void {
    const isMore = this.#isLeft && this.#place > 0 && this.#place === this.#kinds.length;
    this.#expect(isMore ? [...this.#kinds, kind] : [kind]);
    this.#isLeft = true;
    this.#isDone = this.#isKeyed;
  }

  #readStatement(item: NftItem): void {
    const { text } = item;
    this.#judge(item, 'unknown');
    if (Object.hasOwn(NAT, text)) {
      this.#readNat(NAT[text] ?? UNKNOWN);
      return;
    }
    this.#expect(UNKNOWN);
    if (NAMING.includes(text)) {
      this.#expect(['own']);
      this.#data = text === 'name' ? ['own'] : UNKNOWN;
    } else if (text === 'with') {
      this.#readRejectType();
    } else if (text === 'flags') {
      while (LOG_FLAGS.includes(this.#peek())) {
        this.#at++;
      }
    }
    this.#isKeyed = KEYED.includes(text) || (this.#isKeyed && isHarmlessNftWord(text) && text !== 'mod');
  }

  #readNat(kinds: NftKind[]): void {
    while (NAT_WORDS.includes(this.#peek())) {
      this.#at++;
    }
    const isTo = this.#peek() === 'to';
    this.#at += isTo ? 1 : 0;
    this.#expect(isTo ? kinds : UNKNOWN);
    this.#data = isTo ? kinds : UNKNOWN;
    this.#isKeyed = false;
  }

  /** Reads the type of a reject: `with icmp type port-unreachable`, `with icmpx port-unreachable`, `with tcp reset`. */
  #readRejectType(): void {
    if (['icmp', 'icmpv6', 'icmpx', 'tcp'].includes(this.#peek())) {
      this.#at += this.#peek(1) === 'type' ? 2 : 1;
      this.#expect(['own']);
    }
  }
}
