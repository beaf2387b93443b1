import { quote } from '../../words/phrases.js';
import { RuleError } from '../errors.js';

/** IPSET_MAXNAMELEN without its NUL (linux/netfilter/ipset/ip_set.h). */
const LONGEST_NAME = 31;

/** IPSET_DIM_MAX */
const MOST_DIRECTIONS = 6;

/** The name of an ipset. */
export function setName(text: string): string {
  if (!/^[A-Za-z0-9_.:@%+/=][A-Za-z0-9_.:@%+/=,-]*$/.test(text)) {
    throw new RuleError(`${quote(text)} is not a name of an ipset: letters, digits, and _ . : @ % + / = , -`);
  }
  if (text.length > LONGEST_NAME) {
    throw new RuleError(`${quote(text)} has ${text.length} characters: the name of an ipset has at most ${LONGEST_NAME}`);
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
