import type { Family } from '../../model/rule.js';
import { countNoun, quote } from '../../words/phrases.js';
import { RuleError } from '../errors.js';
import { readPart } from './parts.js';
import type { IpsetType } from './types.js';
import type { GivenOptions } from './words.js';

/** The most places of a bitmap (IPSET_BITMAP_MAX_RANGE in the kernel). */
const MOST_PLACES = 65_536;

/** The addresses or ports of a bitmap: the first, the last, and for how many elements it has a place. */
export interface BitmapRange {
  first: number;
  last: number;
  count: number;
}

/** What decides how an element of a set is read. */
interface ElementForm {
  type: IpsetType;
  given: GivenOptions;
  range: BitmapRange | null;
  family: Family;
}

/** Reads the range of a bitmap. The result is null for other types. @throws RuleError if it is missing or too large */
export function readRange({ parts: [part], hasRange }: IpsetType, given: GivenOptions, family: Family | null): BitmapRange | null {
  const netmask = getNetmask(given);
  if (netmask !== null && family === 'ipv4' && netmask > 32) {
    throw new RuleError(`netmask ${netmask}: a prefix length of IPv4 is at most 32`);
  }
  if (!hasRange) {
    return null;
  }
  const text = given.get('range')?.[1];
  const read = text === undefined ? null : readPart(part === 'ports' ? 'ports' : 'addresses', text, 'ipv4');
  if (read?.range === undefined || !/[-/]/.test(text ?? '')) {
    throw new RuleError('a bitmap needs its range: range FIRST-LAST');
  }
  const [first, last] = read.range;
  const count = countNetworks(first, last, netmask);
  if (count > MOST_PLACES) {
    throw new RuleError(`the range ${text ?? ''} is too large for a bitmap: at most ${MOST_PLACES} elements`);
  }
  // ipset asks for both ends, also where a bitmap has one port.
  given.set('range', ['range', ...(part === 'ports' ? [`${first}-${last}`] : read.texts)]);
  return { first, last, count };
}

/** Reads an element: what ipset gets of it, and for how many elements that stands. @throws RuleError */
export function readElement(text: string, { type, given, range, family }: ElementForm): { values: string[]; count: number } {
  const { parts, least = parts.length } = type;
  const texts = text.split(',');
  if (texts.length > parts.length || texts.length < least) {
    const expected = `${least < parts.length ? `${least} or ` : ''}${countNoun(parts.length, 'part')}`;
    throw new RuleError(`${quote(text)}: an element of this type has ${expected}, and commas between them`);
  }
  const read = texts.map((own, place) => readPart(parts[place] ?? 'address', own, family));
  const counts = read.map(({ count, range: own }, place) =>
    own !== undefined && parts[place] === 'addresses' ? countNetworks(own[0], own[1], getNetmask(given)) : count,
  );
  const ends =
    read[0]?.range ?? (parts[0] === 'address' && range !== null ? readPart('addresses', texts[0] ?? '', family).range : undefined);
  if (range !== null && ends !== undefined && (ends[0] < range.first || ends[1] > range.last)) {
    throw new RuleError(`${texts[0]} is outside of the range of the set, ${given.get('range')?.[1] ?? ''}`);
  }
  const values = read.map((part) => part.texts).reduce((all, own) => all.flatMap((before) => own.map((each) => `${before},${each}`)));
  return { values, count: counts.reduce((product, count) => product * count, 1) };
}

function getNetmask(given: GivenOptions): number | null {
  const netmask = given.get('netmask')?.[1];
  return netmask === undefined ? null : Number(netmask);
}

/** How many networks a range of addresses touches. With netmask, a set holds networks instead of addresses. */
function countNetworks(first: number, last: number, netmask: number | null): number {
  const size = 2 ** (32 - (netmask ?? 32));
  return Math.floor(last / size) - Math.floor(first / size) + 1;
}
