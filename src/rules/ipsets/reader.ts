import type { Family, Ipset } from '../../model/rule.js';
import { quote } from '../../words/phrases.js';
import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import { setName } from '../values/names.js';
import { type BitmapRange, readElement, readRange } from './element.js';
import { MOST_ELEMENTS, MOST_SETS } from './limits.js';
import { ADD_OPTIONS, COMMON_ADD_OPTIONS, COMMON_CREATE_OPTIONS, CREATE_OPTIONS } from './options.js';
import { IPSET_TYPES, type IpsetType } from './types.js';
import { type GivenOptions, type IpsetWord, readAt, readOptions } from './words.js';

/** A set while its elements are read. */
interface Draft {
  set: Ipset;
  type: IpsetType;
  given: GivenOptions;
  /** null for a set that is no bitmap. */
  range: BitmapRange | null;
  /** Whether the kernel has taken the memory of all its elements when it is created: a bitmap of more than bits. */
  isWhole: boolean;
  values: Set<string>;
  /** The word with which ipset takes elements that are there already, or none. */
  exist: string[];
  /** The number of elements, where a range counts with all that is in it. */
  count: number;
}

/** What an element has besides its value. */
const EXTENSIONS = ['timeout', 'counters', 'skbinfo'];

/** The options that may differ between two `create` of a set with -exist. The numbers of a range are compared instead of its words. */
const FREE = ['hashsize', 'bucketsize', 'initval', 'forceadd', 'range'];

const SET = 'the name of a set';
const TYPE = 'the type of the set';

/** Reads the commands that make and fill the ipsets of a world, in order. What ipset(8) gets is printed from the result. */
export class IpsetReader {
  readonly #drafts = new Map<string, Draft>();
  #elements = 0;
  #mayExist = false;
  /** Lines that add to one set are one message to the kernel, and its first line decides whether elements may be there already. */
  #message: { name: string; mayExist: boolean } | null = null;

  /** The sets that have been read, in order. */
  get sets(): Ipset[] {
    return [...this.#drafts.values()].map(({ set, exist }) => ({
      ...set,
      elements: set.elements.map(({ value, options }) => ({ value, options: [...options, ...exist] })),
    }));
  }

  /** Whether there are too many elements. Each further one would be wrong for the same reason. */
  get isFull(): boolean {
    return this.#elements > MOST_ELEMENTS;
  }

  /** From here on, sets and elements may be there already: `ipset restore` does not forget the -exist of a line (7.17). */
  allowExisting(): void {
    this.#mayExist = true;
  }

  /**
   * Reads the words of NAME TYPE [OPTION …].
   *
   * @param end the column behind the last word
   * @param family the family of a set that names none
   * @throws IpsetError
   */
  create([nameWord, typeWord, ...rest]: IpsetWord[], end: number, family: Family = 'ipv4'): void {
    this.#message = null;
    const name = readAt(nameWord, end, SET, (text) => this.#readName(text));
    const [typeName, type] = readAt(typeWord, end, TYPE, readType);
    const allowed = [...type.createOptions, ...COMMON_CREATE_OPTIONS];
    const given = readOptions(rest, end, { rows: CREATE_OPTIONS, allowed, what: `an option of ${typeName}` });
    if (type.families === 'both' && !given.has('family')) {
      given.set('family', ['family', family === 'ipv6' ? 'inet6' : 'inet']);
    }
    const own = type.families === 'none' ? null : given.get('family')?.[1] === 'inet6' ? 'ipv6' : 'ipv4';
    const range = readAt(typeWord, end, TYPE, () => readRange(type, given, own));
    const isWhole = range !== null && EXTENSIONS.some((option) => given.has(option));
    const before = this.#drafts.get(name);
    if (before !== undefined) {
      readAt(nameWord, end, SET, () => assertSame(before, { type: typeName, given, range }));
      return;
    }
    if (isWhole) {
      readAt(typeWord, end, TYPE, () => this.#count(range.count));
    }
    const options = [...given.values()].flat();
    const set: Ipset = { name, type: typeName, family: own, dimension: type.parts.length, options, elements: [], shortestTimeout: null };
    this.#drafts.set(name, { set, type, given, range, isWhole, values: new Set(), exist: [], count: 0 });
  }

  /** Reads the words of NAME ELEMENT [OPTION …]. @throws IpsetError */
  add([nameWord, valueWord, ...rest]: IpsetWord[], end: number): void {
    const draft = readAt(nameWord, end, SET, (name) => this.#find(name));
    const { set, type, given, range, isWhole, values } = draft;
    if (this.#message?.name !== set.name) {
      this.#message = { name: set.name, mayExist: this.#mayExist };
    }
    const { mayExist } = this.#message;
    const added = readAt(valueWord, end, 'the element', (text) => {
      if (type.parts[0] === 'set') {
        this.#assertCanBeMember(text);
      }
      const read = readElement(text, { type, given, range, family: set.family ?? 'ipv4' });
      const known = read.values.find((value) => values.has(value));
      if (known !== undefined && !mayExist) {
        const remedy = this.#mayExist ? ': write -exist in the first of the lines that add to it' : '';
        throw new RuleError(`${quote(known)} is in the ipset ${quote(set.name)} already${remedy}`);
      }
      this.#count(isWhole ? 0 : read.count);
      draft.count += read.values.every((value) => values.has(value)) ? 0 : read.count;
      assertNotFull(draft);
      return read.values;
    });
    const allowed = [...type.addWords, ...COMMON_ADD_OPTIONS];
    const options = readOptions(rest, end, {
      rows: ADD_OPTIONS,
      allowed,
      what: `an option of an element of ${set.type}`,
      setOptions: given,
    });
    if (mayExist) {
      draft.exist = ['-exist'];
    }
    for (const value of added) {
      values.add(value);
      set.elements.push({ value, options: [...options.values()].flat() });
    }
    const timeout = Number((options.get('timeout') ?? given.get('timeout'))?.[1] ?? 0);
    if (timeout > 0) {
      set.shortestTimeout = Math.min(timeout, set.shortestTimeout ?? timeout);
    }
  }

  #readName(text: string): string {
    const name = setName(text);
    if (this.#drafts.has(name)) {
      if (!this.#mayExist) {
        throw new RuleError(`there are two ipsets ${quote(name)}`);
      }
      return name;
    }
    if (this.#drafts.size === MOST_SETS) {
      throw new RuleError(`too many ipsets: a world has at most ${MOST_SETS}`);
    }
    return name;
  }

  #find(name: string): Draft {
    const draft = this.#drafts.get(name);
    if (draft === undefined) {
      throw new RuleError(`there is no ipset ${quote(name)}${didYouMean(name, this.#drafts.keys())}: it must be created first`);
    }
    return draft;
  }

  #assertCanBeMember(name: string): void {
    if (this.#find(name).type.parts[0] === 'set') {
      throw new RuleError(`${quote(name)} is a list of sets itself: a list has other sets only`);
    }
  }

  #count(elements: number): void {
    this.#elements += elements;
    if (this.isFull) {
      throw new RuleError(
        `too many elements: the ipsets of a world have at most ${MOST_ELEMENTS} together, where a range counts with all that is in it`,
      );
    }
  }
}

/** @throws RuleError if ipset refuses the second `create` of a set also with -exist */
function assertSame({ set, ...first }: Draft, { type, ...second }: Pick<Draft, 'given' | 'range'> & { type: string }): void {
  if (set.type !== type || showForm(first) !== showForm(second)) {
    throw new RuleError(`there are two ipsets ${quote(set.name)}: -exist takes the second only with the type and the options of the first`);
  }
}

/** What must be the same in two `create` of a set. */
function showForm({ given, range }: Pick<Draft, 'given' | 'range'>): string {
  const options = [...given].filter(([name, words]) => !FREE.includes(name) && words.join(' ') !== `maxelem ${MOST_ELEMENTS}`);
  const words = options.map(([name, values]) => [name, ...values].join(' '));
  return [...words.sort(), range?.first, range?.last].join();
}

/** With forceadd, the kernel removes another element instead. */
function assertNotFull({ set, given, count }: Draft): void {
  const most = given.get('maxelem')?.[1];
  if (most !== undefined && count > Number(most) && !given.has('forceadd')) {
    throw new RuleError(`the ipset ${quote(set.name)} is full: it is created with maxelem ${most}`);
  }
}

function readType(text: string): [string, IpsetType] {
  const type = Object.hasOwn(IPSET_TYPES, text) ? IPSET_TYPES[text] : undefined;
  if (type === undefined) {
    const types = Object.keys(IPSET_TYPES);
    throw new RuleError(`${quote(text)} is not a type of ipset${didYouMean(text, types)}: ${types.join(', ')}`);
  }
  return [text, type];
}
