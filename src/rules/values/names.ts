import type { Negatable } from '../../model/rule.js';
import { quote } from '../../words/phrases.js';
import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import type { PlainParser } from '../extension.js';

/** The longest name: IFNAMSIZ without its NUL (linux/if.h). */
const LONGEST_INTERFACE_NAME = 15;
/** The longest name in bytes: XT_EXTENSION_MAXNAMELEN without its NUL (linux/netfilter/x_tables.h). */
const LONGEST_CHAIN_NAME = 28;
const LONGEST_COMMENT = 255;
/** IPSET_MAXNAMELEN without its NUL (linux/netfilter/ipset/ip_set.h). */
const LONGEST_SET_NAME = 31;

/** IPSET_DIM_MAX */
const MOST_DIRECTIONS = 6;

/** The interface of -i or -o. null is any interface. */
export function anyInterface(text: string, negated: boolean): Negatable | null {
  const value = interfaceName(text);
  return value === '+' && !negated ? null : { negated, value };
}

/** The name of an interface. A "+" at the end matches any rest of the name. */
export function interfaceName(text: string): string {
  if (text.length > LONGEST_INTERFACE_NAME) {
    throw new RuleError(`interface "${text}" is longer than ${LONGEST_INTERFACE_NAME} characters`);
  }
  if (text.includes(':')) {
    throw new RuleError(`"${text}" is an alias: iptables sees only the interface, ${text.split(':')[0] || 'without a colon'}`);
  }
  if (!/^[A-Za-z0-9_.@+][A-Za-z0-9_.@+-]*$/.test(text)) {
    throw new RuleError(`"${text}" is not an interface's name`);
  }
  return text;
}

/**
 * Makes a parser for names separated by commas, in any case and any order. The canonical form has each name once, in the order of `names`,
 * which is that of iptables-save. iptables accepts abbreviations (NE for NEW); loopfw refuses them. A name in `alone` must be the only one.
 */
export function nameList(what: string, names: readonly string[], alone: readonly string[] = []): PlainParser {
  const list = exactNameList(what, names, alone);
  return (text) => list(text.toUpperCase());
}

/** As nameList, but for names in the case of `names` only. */
export function exactNameList(what: string, names: readonly string[], alone: readonly string[] = []): PlainParser {
  return (text) => {
    const given = text.split(',');
    const wrong = given.find((name) => !names.includes(name));
    if (wrong !== undefined) {
      throw new RuleError(`"${wrong}" is not ${what}${didYouMean(wrong, names)}: ${names.join(', ')}`);
    }
    const lonely = alone.find((name) => given.includes(name));
    if (lonely !== undefined && given.some((name) => name !== lonely)) {
      throw new RuleError(`${lonely} adds nothing to a list: leave it out, or give it alone`);
    }
    return names.filter((name) => given.includes(name)).join(',');
  };
}

/** The name of a chain, built-in or user-defined. */
export function chainName(text: string): string {
  if (/^[-!]/.test(text)) {
    throw new RuleError(`a chain's name cannot begin with "${text[0]}": "${text}"`);
  }
  if (!/^[^\s"'\\]+$/.test(text)) {
    throw new RuleError(`"${text}" is not a chain's name: no spaces, quotes or backslashes`);
  }
  if (Buffer.byteLength(text) > LONGEST_CHAIN_NAME) {
    throw new RuleError(`chain "${text}" has a name longer than ${LONGEST_CHAIN_NAME} characters`);
  }
  return text;
}

/** Makes a parser for one of several words. */
export function choice(what: string, words: readonly string[]): PlainParser {
  return choiceBy(what, words, (word, text) => word === text);
}

/** Makes a parser for one of several words, in upper or lower case. */
export function anyCaseChoice(what: string, words: readonly string[]): PlainParser {
  return choiceBy(what, words, (word, text) => word.toLowerCase() === text.toLowerCase());
}

function choiceBy(what: string, words: readonly string[], isSame: (word: string, text: string) => boolean): PlainParser {
  return (text) => {
    const found = words.find((word) => isSame(word, text));
    if (found === undefined) {
      throw new RuleError(`"${text}" is not ${what}${didYouMean(text, words)}: ${words.join(', ')}`);
    }
    return found;
  };
}

/**
 * Makes a parser for the name of an object that the kernel shows as a file in /proc. It accepts the characters that are safe there.
 * Shorewall uses %CURRENTTIME.
 */
export function objectName(what: string, longest: number): PlainParser {
  return (text) => {
    if (/^[\w%][\w%.-]*$/.test(text) && text.length <= longest) {
      return text;
    }
    throw new RuleError(`"${text}" is not a name for ${what}: letters, digits, _ % . and -, at most ${longest}`);
  };
}

/** Any text of at most 255 bytes. */
export const comment = textOf('the comment', LONGEST_COMMENT);

/** Makes a parser for the text that is put before a log message. */
export function prefixText(longest: number): PlainParser {
  const read = textOf('the prefix', longest);
  return (text) => {
    if (text === '') {
      throw new RuleError('the prefix is empty: leave the option out');
    }
    return read(text);
  };
}

/**
 * Makes a parser for a text. iptables cuts a longer text without a message.
 *
 * @throws RuleError if the end would be in the middle of a character
 */
function textOf(what: string, longest: number): PlainParser {
  return (text) => {
    const bytes = Buffer.from(text);
    const cut = bytes.subarray(0, longest).toString();
    if (!text.startsWith(cut)) {
      throw new RuleError(`${what} has ${bytes.length} bytes: iptables would cut it to ${longest}, in the middle of a character`);
    }
    return cut;
  };
}

/** The name of an ipset. */
export function setName(text: string): string {
  if (!/^[A-Za-z0-9_.:@%+/=][A-Za-z0-9_.:@%+/=,-]*$/.test(text)) {
    throw new RuleError(`${quote(text)} is not a name of an ipset: letters, digits, and _ . : @ % + / = , -`);
  }
  if (text.length > LONGEST_SET_NAME) {
    throw new RuleError(`${quote(text)} has ${text.length} characters: the name of an ipset has at most ${LONGEST_SET_NAME}`);
  }
  return text;
}

/** Which fields of the packet are looked up in an ipset: src or dst, one for each part of its elements. */
export function setDirections(text: string): string {
  const directions = text.split(',');
  if (directions.length > MOST_DIRECTIONS || directions.some((direction) => direction !== 'src' && direction !== 'dst')) {
    throw new RuleError(`"${text}" must be src or dst for each part of an element, such as src,dst; at most ${MOST_DIRECTIONS}`);
  }
  return text;
}

/** The name of the memory that an ipset is for the rules that use it. */
export function getSetMemory(name: string): string {
  return `set ${name}`;
}
