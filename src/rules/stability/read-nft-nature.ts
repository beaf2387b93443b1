import type { NftBase } from '../../model/nft-listing.js';
import type { Condition } from '../../model/plan.js';
import type { Effect, Stability } from '../extension.js';
import { toCondition } from './conditions.js';
import { isStable, type Nature } from './nature.js';
import { CHANGING_STATUS, NFT_BARE_FIELDS, NFT_FIELDS, NFT_STATEMENTS, type NftField, type NftStatement } from './nft-expressions.js';

/** A word of a listing, which has no comments and separates all words. */
const WORD = /"[^"]*"|[{},]|[^\s{},"]+/g;
/** A value, or another of these words, follows them. */
const MODIFIERS = new Set(['mod', 'seed', 'offset']);
const OPERATORS = new Set([
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '/',
  '!',
  'over',
  'until',
  'map',
  'vmap',
  ...MODIFIERS,
]);
const VERDICTS = /^(?:accept|drop|return|jump|goto)$/;
const PROTOCOLS: Record<string, string> = {
  tcp: '6',
  udp: '17',
  udplite: '136',
  sctp: '132',
  dccp: '33',
  icmp: '1',
  icmpv6: '58',
  'ipv6-icmp': '58',
};
/** Most rules match this, and need not be read word by word. For 10,000 rules, reading word by word takes a tenth of a second. */
const PLAIN =
  /^(?:(?:ip6? [sd]addr|(?:tcp|udp) [sd]port|[io]ifname) (?:!= )?[^\s{@!]+ )*(?:counter )?(?:accept|drop|return|reject|(?:jump|goto) [^\s]+)(?: comment "[^"]*")?$/;
const PLAIN_NATURE: Nature = { stabilities: [], effect: 'fate', memories: [], conditions: [], rewrites: [], helps: false };
/** Raw bytes of a packet by their offset: `@nh,16,32`. */
const RAW = /^@(?:nh|th|ll|ih)$/;
const REWRITES_RAW = /@(?:nh|th|ll|ih),\d+,\d+ set\b/;
const ALL_THAT_CAN_BE_REWRITTEN: Condition['of'][] = ['protocol', 'source', 'destination', 'sourcePort', 'destinationPort'];
const HELPS = /\bct (?:helper|expectation) set\b/;
/** The words and signs that connect the words of a set element. Two other words in a row mean a limit or a timeout of the element. */
const JOINT = /^(?:[-.:|/{},]|counter|comment|jump|goto)$/;
/** The words between `ct` and its field: a direction, or a family of addresses. */
const SKIPPED_OF_CT = /^(?:original|reply|ip6?)$/;

/**
 * Reads the nature of a rule in nft's listing, word by word. An unknown word counts as one that can change with each packet and decide its
 * fate.
 *
 * @param changing sets that packets or time change
 * @param hook the hook of the rule's chain; null for a chain that has none
 */
export function readNftNature(text: string, changing: Set<string>, hook: NftBase['hook'] | null = null): Nature {
  if (PLAIN.test(text)) {
    return PLAIN_NATURE;
  }
  const nature = new NatureReader(text.match(WORD) ?? [], changing, hook).read();
  const rewrites = REWRITES_RAW.test(text) ? ALL_THAT_CAN_BE_REWRITTEN : nature.rewrites;
  return { ...nature, rewrites, helps: HELPS.test(text) };
}

/** The sets and maps of a listing whose elements are added and removed, or have their own counters. */
export function findChangingSets(listing: string): Set<string> {
  const changing = new Set<string>();
  for (const [, name = '', body = ''] of listing.matchAll(/^\t(?:set|map) (\S+) \{(?: # handle \d+)?\n([^]*?)^\t\}$/gm)) {
    if (/\b(?:dynamic|timeout|expires|limit|quota|count|last)\b/.test(body)) {
      changing.add(name);
    }
  }
  for (const [, name = ''] of listing.matchAll(/\b(?:add|update|delete) @(\S+)/g)) {
    changing.add(name);
  }
  return changing;
}

interface FoundField extends NftField {
  subject: string;
  /** The name with its subject. */
  name: string;
}

class NatureReader {
  readonly #words: string[];
  readonly #changing: Set<string>;
  readonly #hook: NftBase['hook'] | null;
  #place = 0;
  readonly #stabilities: Stability[] = [];
  readonly #memories: string[] = [];
  readonly #conditions: Condition[] = [];
  readonly #rewrites: Condition['of'][] = [];
  #effect: Effect = 'none';

  constructor(words: string[], changing: Set<string>, hook: NftBase['hook'] | null) {
    this.#words = words;
    this.#changing = changing;
    this.#hook = hook;
  }

  read(): Omit<Nature, 'helps'> {
    while (this.#place < this.#words.length) {
      this.#readNext();
    }
    return {
      stabilities: this.#stabilities,
      effect: this.#effect,
      memories: this.#memories,
      conditions: this.#stabilities.every(isStable) ? [] : this.#conditions,
      rewrites: this.#rewrites,
    };
  }

  get #word(): string {
    return this.#words[this.#place] ?? '';
  }

  #readNext(): void {
    const field = this.#takeField();
    if (field !== null) {
      this.#readComparison(field);
      return;
    }
    const word = this.#take();
    const statement = Object.hasOwn(NFT_STATEMENTS, word) ? NFT_STATEMENTS[word] : undefined;
    if (statement !== undefined) {
      this.#note(statement.stability);
      this.#rise(statement.effect);
      this.#readArguments(word, statement);
    } else if (word !== ',' && !word.startsWith('"')) {
      this.#note('moment');
      this.#rise('fate');
    }
  }

  #readArguments(name: string, { words, operand }: NftStatement): void {
    let before = operand === undefined ? '' : name;
    while (words?.test(this.#word) || this.#word.startsWith('"')) {
      const word = this.#take();
      if (before === 'name') {
        this.#memories.push(`${name} ${word}`);
      }
      before = word;
    }
    if (operand === before || operand === 'always') {
      this.#readOperand();
      if (this.#word === '{') {
        this.#takeSet();
      }
    }
  }

  /** Reads what follows a field: a comparison, a concatenation, a map or a new value. */
  #readComparison(field: FoundField): void {
    const isNegated = this.#word === '!=';
    let values: string[] = [];
    let [isSimple, isSet, hasValue] = [true, false, false];
    for (;;) {
      const word = this.#word;
      if (word === '.' || word === 'set' || OPERATORS.has(word)) {
        this.#take();
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
        values = this.#takeValues();
      }
    }
    if (isSet) {
      this.#rewrites.push(...(field.asks === undefined ? [] : [field.asks]));
      this.#rise(SET_EFFECTS[field.name] ?? 'fate');
      return;
    }
    if (this.#stabilities.every(isStable)) {
      this.#noteProtocol(field.subject);
      const condition = isSimple && field.asks !== undefined ? toCondition(field.asks, isNegated, values) : null;
      // If a packet has no interface, nft compares with an empty name.
      if (condition !== null && !(isNegated && condition.of === 'interface' && !this.#hasInterface(field.name))) {
        this.#conditions.push(condition);
      }
    }
    this.#note(field.stability);
  }

  /**
   * Reads what follows an operator: another field, or a value.
   *
   * @param isField whether a value is not possible
   */
  #readOperand(isField = false): string[] {
    const field = this.#takeField();
    if (field === null) {
      if (isField) {
        this.#note('moment');
      }
      return this.#takeValues();
    }
    this.#note(field.stability);
    return [];
  }

  /** Whether every packet at the hook has the input or output interface of this field. */
  #hasInterface(field: string): boolean {
    const hooks = /\biif/.test(field) ? ['prerouting', 'input', 'forward'] : ['output', 'postrouting', 'forward'];
    return this.#hook !== null && hooks.includes(this.#hook);
  }

  /** Adds the condition on the protocol: `tcp dport 80` checks the protocol first. */
  #noteProtocol(subject: string): void {
    const protocol = PROTOCOLS[subject];
    const condition = protocol === undefined ? null : toCondition('protocol', false, [protocol]);
    if (condition !== null) {
      this.#conditions.push(condition);
    }
  }

  /** Takes a value, a list of values, or a set. Names of protocols become numbers; other names stay as they are. */
  #takeValues(): string[] {
    const values: string[] = [];
    do {
      if (this.#word === ',') {
        this.#take();
      }
      if (this.#word === '{') {
        values.push(...this.#takeElements());
      } else {
        values.push(this.#takeValue());
      }
    } while (this.#word === ',');
    return values.map((value) => PROTOCOLS[value] ?? value.replaceAll('"', ''));
  }

  #takeValue(): string {
    const word = this.#take();
    if (RAW.test(word) && this.#word === ',') {
      this.#note('moment');
    } else if (word.startsWith('@')) {
      const name = word.slice(1);
      if (this.#changing.has(name)) {
        this.#note('memory');
        this.#memories.push(`set ${name}`);
      }
      if (this.#words[this.#place - 2] === 'vmap') {
        this.#rise('fate');
      }
    }
    return word;
  }

  /**
   * Takes a set. Its elements may only be values, or lead to other values. An element with a limit or a timeout makes the result change
   * with time.
   */
  #takeElements(): string[] {
    const start = this.#place;
    const values = this.#takeSet();
    const words = this.#words.slice(start, this.#place);
    if (words.some((word, place) => place > 0 && !JOINT.test(word) && !JOINT.test(words[place - 1] ?? ''))) {
      this.#note('moment');
    }
    return values;
  }

  #takeSet(): string[] {
    const values: string[] = [];
    let depth = 0;
    do {
      const word = this.#take();
      depth += word === '{' ? 1 : word === '}' ? -1 : 0;
      if (VERDICTS.test(word)) {
        this.#rise('fate');
      }
      if (!/^[{},]$/.test(word)) {
        values.push(word);
      }
    } while (depth > 0 && this.#place < this.#words.length);
    return values;
  }

  #takeField(): FoundField | null {
    const subject = this.#word;
    if (subject === 'fib') {
      return { subject, name: subject, stability: this.#takeFib() };
    }
    if (subject === 'tcp' && this.#words[this.#place + 1] === 'option') {
      return { subject, name: subject, stability: this.#takeOption() };
    }
    if (Object.hasOwn(NFT_BARE_FIELDS, subject)) {
      this.#place++;
      return { subject, name: subject, stability: 'packet', ...NFT_BARE_FIELDS[subject] };
    }
    const fields = Object.hasOwn(NFT_FIELDS, subject) ? (NFT_FIELDS[subject] ?? {}) : {};
    let place = this.#place + 1;
    while (subject === 'ct' && SKIPPED_OF_CT.test(this.#words[place] ?? '')) {
      place++;
    }
    const field = this.#words[place] ?? '';
    if (!Object.hasOwn(fields, field)) {
      return null;
    }
    this.#place = place + 1;
    const name = `${subject} ${field}`;
    return { subject, name, stability: 'moment', ...fields[field], ...this.#getOwnStability(name) };
  }

  /** Takes the words of `fib saddr . iif oif`: the fields that are looked up, and the wanted property of the route. */
  #takeFib(): Stability {
    let stability: Stability = 'packet';
    this.#take();
    while (/^(?:saddr|daddr|mark|iif|oif|oifname|type|\.)$/.test(this.#word)) {
      stability = this.#take() === 'mark' ? 'mark' : stability;
    }
    return stability;
  }

  /** Takes a TCP option and its field. */
  #takeOption(): Stability {
    this.#place += 2;
    const option = this.#take();
    if (/^(?:size|count|length|kind|tsval|tsecr|left|right)$/.test(this.#word)) {
      this.#take();
    }
    return NFT_FIELDS['tcp option']?.[option]?.stability ?? 'moment';
  }

  /** The stability of a field, if it depends on the value that the field is compared with. */
  #getOwnStability(name: string): { stability?: Stability } {
    const rest = this.#words.slice(this.#place, this.#place + 16);
    if (name === 'ct status' && rest.slice(0, 8).some((word) => CHANGING_STATUS.includes(word))) {
      return { stability: 'moment' };
    }
    return name === 'tcp flags' ? { stability: getStabilityOfFlags(rest.join(' ')) } : {};
  }

  #take(): string {
    return this.#words[this.#place++] ?? '';
  }

  #note(stability: Stability): void {
    this.#stabilities.push(stability);
  }

  #rise(effect: Effect): void {
    this.#effect = this.#effect === 'fate' || effect === 'none' ? this.#effect : effect;
  }
}

/**
 * The stability of a comparison with TCP flags. A segment with data has ACK, but no SYN and no RST. FIN and PSH depend on where the data is
 * cut. A SYN that is sent again no longer asks for ECN.
 *
 * @param comparison the words after `tcp flags`, up to its value or further
 */
function getStabilityOfFlags(comparison: string): Stability {
  const [flags = ''] = /^(?:(?:==|!=|!|&|\||\/|,|[(]?(?:fin|syn|rst|psh|ack|urg|ecn|cwr)[)]?)(?: |$))*/.exec(comparison) ?? [];
  if (/\b(?:ecn|cwr)\b/.test(flags)) {
    return 'moment';
  }
  const isMasked = /[&/]/.test(flags);
  const isOfFirm = isMasked && !/\b(?:fin|psh|urg)\b/.test(flags);
  const isOfNoData = /(?:==|!=) [^/]*\b(?:syn|rst)\b/.test(flags) || /^(?:!= )?[^&=!]*\b(?:syn|rst)\b[^&]* \//.test(flags);
  return isOfFirm || isOfNoData ? 'packet' : 'segment';
}

/** The effect of a rule that sets this field. `ct mark` reads the mark that a rule has left in the flow, and counts as 'moment' itself. */
const SET_EFFECTS: Record<string, Effect> = { 'meta mark': 'mark', 'ct mark': 'none' };
