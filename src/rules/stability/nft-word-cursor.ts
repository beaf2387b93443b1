import type { Stability } from '../extension.js';
import { CHANGING_STATUS, NFT_BARE_FIELDS, NFT_FIELDS, type NftField } from './nft-expressions.js';

/** The words between `ct` and its field: a direction, or a family of addresses. */
const BEFORE_CT_FIELD = /^(?:original|reply|ip6?)$/;
const FIB_WORDS = /^(?:saddr|daddr|mark|iif|oif|oifname|type|\.)$/;
const TCP_OPTION_FIELDS = /^(?:size|count|length|kind|tsval|tsecr|left|right)$/;

/** A field that a rule names, with the stability that it has there. */
export interface NamedField extends NftField {
  /** The header or the kind of data that has the field, such as `tcp` or `meta`. */
  subject: string;
  /** The name with its subject. */
  name: string;
}

/** A cursor over the words of a rule. It takes words, sets and fields. */
export class NftWordCursor {
  readonly #words: string[];
  #place = 0;

  constructor(words: string[]) {
    this.#words = words;
  }

  get isAtEnd(): boolean {
    return this.#place >= this.#words.length;
  }

  /** The next word. Empty at the end. */
  get word(): string {
    return this.#words[this.#place] ?? '';
  }

  /** The word before the one that was taken last. */
  get before(): string {
    return this.#words[this.#place - 2] ?? '';
  }

  take(): string {
    return this.#words[this.#place++] ?? '';
  }

  /** Takes a set with its braces, or one word. */
  takeSet(): string[] {
    const start = this.#place;
    let depth = 0;
    do {
      const word = this.take();
      depth += word === '{' ? 1 : word === '}' ? -1 : 0;
    } while (depth > 0 && !this.isAtEnd);
    return this.#words.slice(start, this.#place);
  }

  /** Takes a field. null if the next words are none. */
  takeField(): NamedField | null {
    const subject = this.word;
    if (subject === 'fib') {
      return { subject, name: subject, stability: this.#takeFib() };
    }
    if (subject === 'tcp' && this.#words[this.#place + 1] === 'option') {
      return { subject, name: subject, stability: this.#takeTcpOption() };
    }
    if (Object.hasOwn(NFT_BARE_FIELDS, subject)) {
      this.#place++;
      return { subject, name: subject, stability: 'packet', ...NFT_BARE_FIELDS[subject] };
    }
    const fields = Object.hasOwn(NFT_FIELDS, subject) ? (NFT_FIELDS[subject] ?? {}) : {};
    let place = this.#place + 1;
    while (subject === 'ct' && BEFORE_CT_FIELD.test(this.#words[place] ?? '')) {
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
    this.take();
    while (FIB_WORDS.test(this.word)) {
      stability = this.take() === 'mark' ? 'mark' : stability;
    }
    return stability;
  }

  /** Takes a TCP option and its field. */
  #takeTcpOption(): Stability {
    this.#place += 2;
    const option = this.take();
    if (TCP_OPTION_FIELDS.test(this.word)) {
      this.take();
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
  const hasOnlyStableFlags = isMasked && !/\b(?:fin|psh|urg)\b/.test(flags);
  const isAboutSynOrRst = /(?:==|!=) [^/]*\b(?:syn|rst)\b/.test(flags) || /^(?:!= )?[^&=!]*\b(?:syn|rst)\b[^&]* \//.test(flags);
  return hasOnlyStableFlags || isAboutSynOrRst ? 'packet' : 'segment';
}
