import type { NftBase } from '../../model/kernel/nft-listing.js';
import type { Effect } from '../extension.js';
import { toCondition } from './conditions.js';
import { NFT_PROTOCOL_NUMBERS, NFT_SET_EFFECTS, NFT_STATEMENTS, type NftStatementRow } from './nft-expressions.js';
import { type NamedField, NftWordCursor } from './nft-word-cursor.js';
import { isStable, type RetransmissionTraits } from './traits.js';

/** A value, or another of these words, follows them. */
const MODIFIERS = new Set(['mod', 'seed', 'offset']);
const OPERATORS = new Set([...'== != < > <= >= & | ^ << >> / ! over until map vmap'.split(' '), ...MODIFIERS]);
const VERDICTS = /^(?:accept|drop|return|jump|goto)$/;
const SET_SIGNS = /^[{},]$/;
/** Raw bytes of a packet by their offset: `@nh,16,32`. */
const RAW = /^@(?:nh|th|ll|ih)$/;
/** The words and signs that connect the words of a set element. Two other words in a row mean a limit or a timeout of the element. */
const JOINT = /^(?:[-.:|/{},]|counter|comment|jump|goto)$/;

/** The traits that a rule has by its words and their order. */
type WordTraits = Omit<RetransmissionTraits, 'assignsHelper'>;

/** Reads the statements, comparisons and values of a rule, and notes the traits that they give to it. */
export class NftTraitsReader {
  readonly #cursor: NftWordCursor;
  readonly #changing: Set<string>;
  readonly #hook: NftBase['hook'] | null;
  readonly #traits: WordTraits = { stabilities: [], effect: 'none', memories: [], keepers: [], conditions: [], rewrites: [] };

  constructor(words: string[], changing: Set<string>, hook: NftBase['hook'] | null) {
    this.#cursor = new NftWordCursor(words);
    this.#changing = changing;
    this.#hook = hook;
  }

  read(): WordTraits {
    while (!this.#cursor.isAtEnd) {
      this.#readNext();
    }
    return this.#isStable ? { ...this.#traits, conditions: [] } : this.#traits;
  }

  /** Whether nothing that was read so far can change between two transmissions. */
  get #isStable(): boolean {
    return this.#traits.stabilities.every(isStable);
  }

  #readNext(): void {
    const field = this.#cursor.takeField();
    if (field !== null) {
      this.#readComparison(field);
      return;
    }
    const word = this.#cursor.take();
    const statement = Object.hasOwn(NFT_STATEMENTS, word) ? NFT_STATEMENTS[word] : undefined;
    if (statement !== undefined) {
      this.#traits.stabilities.push(statement.stability);
      this.#noteEffect(statement.effect);
      this.#readArguments(word, statement);
    } else if (word !== ',' && !word.startsWith('"')) {
      this.#traits.stabilities.push('moment');
      this.#noteEffect('fate');
    }
  }

  #readArguments(name: string, { words, operand }: NftStatementRow): void {
    let before = operand === undefined ? '' : name;
    while (words?.test(this.#cursor.word) || this.#cursor.word.startsWith('"')) {
      const word = this.#cursor.take();
      if (before === 'name') {
        this.#traits.memories.push(`${name} ${word}`);
      }
      before = word;
    }
    if (operand === before || operand === 'always') {
      this.#readOperand();
      if (this.#cursor.word === '{') {
        this.#readSet();
      }
    }
  }

  /** Reads what follows a field: a comparison, a concatenation, a map or a new value. */
  #readComparison(field: NamedField): void {
    const isNegated = this.#cursor.word === '!=';
    let values: string[] = [];
    let [isSimple, isSet, hasValue] = [true, false, false];
    for (;;) {
      const { word } = this.#cursor;
      if (word === '.' || word === 'set' || OPERATORS.has(word)) {
        this.#cursor.take();
        const isPlain = !hasValue && (word === '==' || word === '!=');
        isSimple &&= isPlain;
        isSet ||= word === 'set';
        hasValue ||= word !== '.' && !MODIFIERS.has(word);
        values = this.#readOperand(word === '.' && !hasValue);
      } else if (hasValue) {
        break;
      } else {
        // Any word is a value here: `ip protocol tcp`.
        hasValue = true;
        values = this.#readValues();
      }
    }
    if (isSet) {
      this.#traits.rewrites.push(...(field.comparedField === undefined ? [] : [field.comparedField]));
      this.#noteEffect(NFT_SET_EFFECTS[field.name] ?? 'fate');
      return;
    }
    if (this.#isStable) {
      this.#noteProtocol(field.subject);
      const condition = isSimple && field.comparedField !== undefined ? toCondition(field.comparedField, isNegated, values) : null;
      // If a packet has no interface, nft compares with an empty name.
      if (condition !== null && !(isNegated && condition.of === 'interface' && !this.#hasInterface(field.name))) {
        this.#traits.conditions.push(condition);
      }
    }
    this.#traits.stabilities.push(field.stability);
  }

  /**
   * Reads what follows an operator: another field, or a value.
   *
   * @param isField whether a value is not possible
   */
  #readOperand(isField = false): string[] {
    const field = this.#cursor.takeField();
    if (field === null) {
      if (isField) {
        this.#traits.stabilities.push('moment');
      }
      return this.#readValues();
    }
    this.#traits.stabilities.push(field.stability);
    return [];
  }

  /** Whether every packet at the hook has the input or output interface of this field. */
  #hasInterface(field: string): boolean {
    const hooks = /\biif/.test(field) ? ['prerouting', 'input', 'forward'] : ['output', 'postrouting', 'forward'];
    return this.#hook !== null && hooks.includes(this.#hook);
  }

  /** Reads a value, a list of values, or a set. Names of protocols become numbers; other names stay as they are. */
  #readValues(): string[] {
    const values: string[] = [];
    do {
      if (this.#cursor.word === ',') {
        this.#cursor.take();
      }
      values.push(...(this.#cursor.word === '{' ? this.#readElements() : [this.#readValue()]));
    } while (this.#cursor.word === ',');
    return values.map((value) => NFT_PROTOCOL_NUMBERS[value] ?? value.replaceAll('"', ''));
  }

  #readValue(): string {
    const word = this.#cursor.take();
    if (RAW.test(word) && this.#cursor.word === ',') {
      this.#traits.stabilities.push('moment');
    } else if (word.startsWith('@')) {
      const name = word.slice(1);
      if (this.#changing.has(name)) {
        this.#traits.stabilities.push('memory');
        this.#traits.memories.push(`set ${name}`);
      }
      if (this.#cursor.before === 'vmap') {
        this.#noteEffect('fate');
      }
    }
    return word;
  }

  /**
   * Reads a set. Its elements may only be values, or lead to other values. An element with a limit or a timeout makes the result change
   * with time.
   */
  #readElements(): string[] {
    const words = this.#readSet();
    if (words.some((word, place) => place > 0 && !JOINT.test(word) && !JOINT.test(words[place - 1] ?? ''))) {
      this.#traits.stabilities.push('moment');
    }
    return words.filter((word) => !SET_SIGNS.test(word));
  }

  /** Reads the words of a set. A verdict among them decides the fate of the packet. */
  #readSet(): string[] {
    const words = this.#cursor.takeSet();
    if (words.some((word) => VERDICTS.test(word))) {
      this.#noteEffect('fate');
    }
    return words;
  }

  /** Keeps the strongest effect. */
  #noteEffect(effect: Effect): void {
    this.#traits.effect = this.#traits.effect === 'fate' || effect === 'none' ? this.#traits.effect : effect;
  }

  /** Adds the condition on the protocol: `tcp dport 80` checks the protocol first. */
  #noteProtocol(subject: string): void {
    const protocol = NFT_PROTOCOL_NUMBERS[subject];
    const condition = protocol === undefined ? null : toCondition('protocol', false, [protocol]);
    if (condition !== null) {
      this.#traits.conditions.push(condition);
    }
  }
}
