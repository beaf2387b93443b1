import { isProtocolName } from '../../values/protocol.js';
import { NFT_UNKNOWN, NftExpectation, type NftExpected } from './expectation.js';
import { NftItemCursor } from './item-cursor.js';
import { getNftNameRefusal, isHarmlessNftWord } from './known-names.js';
import { type NftProblem, toNftProblem } from '../scan.js';
import type { NftItem } from '../tokens.js';
import { FIELDS, type NftKind } from './value-kinds.js';

/** A use of a definition: its name, and the kinds that are expected there. */
export interface NftUse extends NftExpected {
  name: string;
}

export interface NftNameProblem {
  problem: NftProblem;
  /** Whether loopfw knows the kind that nft expects there. */
  isKindKnown: boolean;
}

/** A value of the same kinds as before follows these words. */
const OPERATORS = 'map vmap set and or xor eq ne neq lt le gt ge lshift rshift'.split(' ');
const NAMING = 'jump goto name prefix level comment meter device'.split(' ');
const KEYED = 'add update delete meter jhash symhash'.split(' ');
const NAT: Record<string, NftKind[]> = {
  dnat: ['address', 'service'],
  snat: ['address', 'service'],
  redirect: ['service'],
  masquerade: ['service'],
  tproxy: ['address', 'service'],
};
const NAT_WORDS = 'ip ip6 addr port prefix interval .'.split(' ');
const LOG_FLAGS = 'tcp ip sequence options skuid ether all ,'.split(' ');
const VALUE_SIGNS = /^(?:[-/&|^!<>=]|==|!=|<=|>=|<<|>>)$/;
const SIGNS = /^[$@()[\]+:.]$/;

/**
 * Reads a rule, or the values of a set or of a definition. Finds the kind that nft expects for each word. If the kind is unknown, only
 * words that are safe everywhere are accepted.
 */
export class NftValueReader {
  readonly problems: NftNameProblem[] = [];
  readonly uses: NftUse[] = [];
  readonly #cursor: NftItemCursor;
  readonly #expectation: NftExpectation;

  constructor(items: NftItem[], expected: NftExpected = NFT_UNKNOWN) {
    this.#cursor = new NftItemCursor(items);
    this.#expectation = new NftExpectation(expected);
  }

  /**
   * Reads all items.
   *
   * @returns the kinds that were expected last
   */
  read(): NftKind[] {
    for (let item = this.#cursor.take(); item !== undefined; item = this.#cursor.take()) {
      if (item.kind === 'other') {
        this.#readOther(item);
      } else {
        this.#readWord(item);
      }
    }
    return this.#expectation.kinds;
  }

  #readOther(item: NftItem): void {
    const { text } = item;
    if (text === '{') {
      this.#expectation.open();
    } else if (text === '}') {
      this.#expectation.close(this.#cursor.peek());
    } else if (text === ',') {
      this.#expectation.expectNext();
    } else if (text === ':') {
      this.#expectation.expectData();
    } else if (text === '.') {
      this.#expectation.expectPart();
    } else if (VALUE_SIGNS.test(text)) {
      this.#expectation.expectOperand();
    } else if (text === '*' || text === ')') {
      this.#finish();
    } else if (!SIGNS.test(text)) {
      this.#acceptValue(item);
    }
  }

  #readWord(item: NftItem): void {
    const { before } = this.#cursor;
    const sign = before?.kind === 'other' ? before.text : '';
    if (sign === '$') {
      this.uses.push({ name: item.text, ...this.#expectation.rest });
      this.#finish();
    } else if (sign === '@') {
      this.#readReference();
    } else if (item.kind === 'string') {
      this.#acceptValue(item);
    } else if (!this.#readOperator(item.text) && !this.#readValue(item) && !this.#readLeftSide(item.text)) {
      this.#readStatement(item);
    }
  }

  /** Reads a reference to a set (`@set`), or raw bytes of the packet (`@th,16,16`). */
  #readReference(): void {
    if (this.#cursor.peek() === ',' && this.#cursor.peek(2) === ',') {
      this.#cursor.skip(4);
      this.#expectation.expectRightSide('raw');
    } else {
      this.#finish();
      this.#expectation.isKeyed = this.#expectation.isKeyed && this.#cursor.peek() === '{';
    }
  }

  #readOperator(text: string): boolean {
    if (!OPERATORS.includes(text) || (this.#expectation.isKeyed && text === 'set')) {
      return false;
    }
    this.#expectation.expectAfterOperator(text);
    return true;
  }

  /** Reads a word as a value, if a value is expected and the word does not begin an expression. */
  #readValue(item: NftItem): boolean {
    const { kind } = this.#expectation;
    if (kind === 'unknown') {
      return false;
    }
    const isNamePossible = kind === 'own' && this.#cursor.before?.text !== 'set';
    const isExpression = item.text === 'jhash' || this.#cursor.findLeftSide(item.text, isNamePossible) !== null;
    const isProtocol = kind === 'protocol' && isProtocolName(item.text) && !Object.hasOwn(FIELDS[item.text] ?? {}, this.#cursor.peek());
    if (isExpression && !isProtocol) {
      return false;
    }
    this.#acceptValue(item);
    return true;
  }

  #readLeftSide(text: string): boolean {
    const left = this.#cursor.findLeftSide(text);
    if (left === null) {
      return false;
    }
    this.#cursor.skip(left.more);
    this.#expectation.expectRightSide(left.kind);
    return true;
  }

  #readStatement(item: NftItem): void {
    const { text } = item;
    this.#check(item, 'unknown');
    if (Object.hasOwn(NAT, text)) {
      this.#readNat(NAT[text] ?? NFT_UNKNOWN.keys);
      return;
    }
    this.#expectation.expect(NFT_UNKNOWN.keys);
    if (NAMING.includes(text)) {
      this.#expectation.expect(['own'], text === 'name' ? ['own'] : NFT_UNKNOWN.data);
    } else if (text === 'with') {
      this.#readRejectType();
    } else if (text === 'flags') {
      this.#cursor.skipWords(LOG_FLAGS);
    }
    this.#expectation.isKeyed = KEYED.includes(text) || (this.#expectation.isKeyed && isHarmlessNftWord(text) && text !== 'mod');
  }

  #readNat(kinds: NftKind[]): void {
    this.#cursor.skipWords(NAT_WORDS);
    const isTo = this.#cursor.peek() === 'to';
    this.#cursor.skip(isTo ? 1 : 0);
    const expected = isTo ? kinds : NFT_UNKNOWN.keys;
    this.#expectation.expect(expected, expected);
    this.#expectation.isKeyed = false;
  }

  /** Reads the type of a reject: `with icmp type port-unreachable`, `with icmpx port-unreachable`, `with tcp reset`. */
  #readRejectType(): void {
    if (['icmp', 'icmpv6', 'icmpx', 'tcp'].includes(this.#cursor.peek())) {
      this.#cursor.skip(this.#cursor.peek(1) === 'type' ? 2 : 1);
      this.#expectation.expect(['own']);
    }
  }

  #acceptValue(item: NftItem): void {
    this.#check(item, this.#expectation.kind);
    this.#finish();
  }

  #finish(): void {
    this.#expectation.finish(this.#cursor.peek());
  }

  #check(item: NftItem, kind: NftKind): void {
    const message = getNftNameRefusal(item, kind);
    if (message !== null) {
      this.problems.push({ problem: toNftProblem(item.token, message), isKindKnown: kind !== 'unknown' });
    }
  }
}
