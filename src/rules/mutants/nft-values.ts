import type { Mutator } from '../../model/insight/mutation.js';
import type { NftWord } from '../nft/clauses/clause.js';
import type { NftKind } from '../nft/names/value-kinds.js';
import type { NftEdit } from './nft-edit.js';

/** One of the values with which something is compared. */
export interface NftElement {
  words: NftWord[];
  /** The edit that leaves it out; null for the only one. */
  without: NftEdit | null;
}

/** Another value. widens: whether more packets match it; null: others. */
export interface OtherElement {
  mutator: Mutator;
  widens: boolean | null;
  edit: NftEdit;
}

const MOST_PORT = 65_535;

/** The values of a set `{ 22, 80 }`, those of a list `established,related`, or a single one. */
export function listElements(value: NftWord[]): NftElement[] {
  const isSet = value[0]?.text === '{' && value.at(-1)?.text === '}';
  if (!isSet && value.some(({ text }) => text === '/' || text === '|')) {
    // A prefix, or masked bits: `syn / syn,rst`.
    return [{ words: value, without: null }];
  }
  const lists: NftWord[][] = [[]];
  for (const word of isSet ? value.slice(1, -1) : value) {
    if (word.text === ',' && word.kind === 'other') {
      lists.push([]);
    } else if (word.token.kind !== 'end') {
      lists.at(-1)?.push(word);
    }
  }
  const elements = lists.filter(({ length }) => length > 0);
  return elements.map((words, place) => ({ words, without: leaveOut(elements, place) }));
}

function leaveOut(elements: NftWord[][], place: number): NftEdit | null {
  const own = elements[place] ?? [];
  const [next] = elements[place + 1] ?? [];
  const before = elements[place - 1]?.at(-1);
  const [start, end] = [own[0]?.start ?? 0, own.at(-1)?.end ?? 0];
  if (next !== undefined) {
    return { start, end: next.start, text: '' };
  }
  return before === undefined ? null : { start: before.end, end, text: '' };
}

/**
 * Other values in the place of an element: other ports, or a prefix that is a bit longer or shorter.
 * @param others the other elements: a port that one of them has is no other value
 */
export function listOtherElements(words: NftWord[], others: NftElement[], kind: NftKind | null): OtherElement[] {
  const [first] = words;
  const range = { start: first?.start ?? 0, end: words.at(-1)?.end ?? 0 };
  const toOther = ({ text, ...other }: OtherText): OtherElement => ({ ...other, edit: { ...range, text } });
  if (kind === 'service') {
    const taken = others.flatMap((other) => readPorts(other.words) ?? []);
    const ports = readPorts(words);
    return ports === null ? [] : listPorts(ports, taken).map(toOther);
  }
  return kind === 'address' && first?.kind === 'other' ? listPrefixes(words).map(toOther) : [];
}

type OtherText = Omit<OtherElement, 'edit'> & { text: string };

interface Ports {
  low: number;
  high: number;
}

/** `22`, `1024-65535`; null for all others, as for names and definitions. */
function readPorts(words: NftWord[]): Ports | null {
  const [low, high = low] = words.filter(({ text }) => text !== '-').map(({ text }) => (/^\d+$/.test(text) ? Number(text) : Number.NaN));
  const isRange = words.length === 1 || (words.length === 3 && words[1]?.text === '-');
  return isRange && low !== undefined && high !== undefined && low <= high ? { low, high } : null;
}

function listPorts({ low, high }: Ports, taken: Ports[]): OtherText[] {
  const next = high + 1;
  const isFree = next <= MOST_PORT && !taken.some((other) => other.low <= next && next <= other.high);
  return [
    ...(isFree ? [{ mutator: 'port-widened' as const, text: `${low}-${next}`, widens: true }] : []),
    ...(low < high
      ? [{ mutator: 'port-narrowed' as const, text: low + 1 === high ? String(high) : `${low + 1}-${high}`, widens: false }]
      : []),
    ...(low === high && isFree ? [{ mutator: 'port-shifted' as const, text: String(next), widens: null }] : []),
  ];
}

/** An address, or a prefix. */
function listPrefixes([address, sign, length, ...more]: NftWord[]): OtherText[] {
  const isPrefix = more.length === 0 && (sign === undefined || (sign.text === '/' && /^\d+$/.test(length?.text ?? '')));
  if (!isPrefix || address === undefined || !/^[\d.]+$|:/.test(address.text)) {
    return [];
  }
  const most = address.text.includes(':') ? 128 : 32;
  const own = length === undefined ? most : Number(length.text);
  return [
    ...(own > 1 ? [{ mutator: 'prefix-widened' as const, text: `${address.text}/${own - 1}`, widens: true }] : []),
    ...(own < most ? [{ mutator: 'prefix-narrowed' as const, text: `${address.text}/${own + 1}`, widens: false }] : []),
  ];
}
