import { quote } from '../../words/phrases.js';
import { RuleError } from '../errors.js';
import { integer, readNumber, toHex } from '../values/numbers.js';
import { MOST_ELEMENTS } from './limits.js';

/** An option of `ipset create` or `ipset add`. */
export type IpsetOption = {
  /** The option of `ipset create` that makes room for it in an element. */
  needs?: string;
} & (
  | { kind: 'word'; /** Whether ipset does not get it. */ isDropped?: true }
  /** The result of `read` is null for an option that ipset does not get. */
  | { kind: 'value'; read: (text: string) => string | null }
  /** Any text, which ipset does not get. It alone may be quoted. */
  | { kind: 'comment' }
);

/** The kernel keeps milliseconds in 32 bits, of which ipset uses 31. */
const LONGEST_TIMEOUT = 2_147_483;

/** A larger table is refused: 67,108,864 would take 512 MB of kernel memory (measured). */
const LARGEST_TABLE = 1_048_576;

const timeout = value(integer('a number of seconds', 0, LONGEST_TIMEOUT));
const hexNumber = (text: string) => toHex(readNumber('a number', text, 0xffffffff));

function value(read: (text: string) => string | null) {
  return { kind: 'value', read } as const;
}

/** A number that decides only how the kernel stores a set. It is not passed to ipset. */
function unused(read: (text: string) => string) {
  return value((text) => {
    read(text);
    return null;
  });
}

/** The options of `ipset create`. `range` and `netmask` are checked with the type. */
export const CREATE_OPTIONS: Record<string, IpsetOption> = {
  family: value(readFamily),
  range: value((text) => text),
  netmask: value(integer('a prefix length', 1, 128)),
  markmask: value(hexNumber),
  timeout,
  counters: { kind: 'word' },
  skbinfo: { kind: 'word' },
  forceadd: { kind: 'word' },
  comment: { kind: 'word', isDropped: true },
  hashsize: unused(integer('a size of a hash table', 0, LARGEST_TABLE)),
  bucketsize: unused(integer('a size of a bucket', 2, 14)),
  initval: unused(hexNumber),
  maxelem: value((text) => limit(integer('a number of elements', 1, 0xffffffff)(text))),
  size: value((text) => limit(integer('a number of sets', 0, 0xffffffff)(text))),
};

/** The options of `ipset create` that every type has. */
export const COMMON_CREATE_OPTIONS = ['timeout', 'counters', 'skbinfo', 'comment'];

/** The options of `ipset add`. */
export const ADD_OPTIONS: Record<string, IpsetOption> = {
  nomatch: { kind: 'word' },
  wildcard: { kind: 'word' },
  timeout: { ...timeout, needs: 'timeout' },
  packets: { ...value(integer('a number of packets', 0, Number.MAX_SAFE_INTEGER)), needs: 'counters' },
  bytes: { ...value(integer('a number of bytes', 0, Number.MAX_SAFE_INTEGER)), needs: 'counters' },
  comment: { kind: 'comment', needs: 'comment' },
  skbmark: { ...value(readMark), needs: 'skbinfo' },
  skbprio: { ...value(readPriority), needs: 'skbinfo' },
  skbqueue: { ...value(integer('a queue', 0, 65535)), needs: 'skbinfo' },
};

/** The options of `ipset add` that every type has. */
export const COMMON_ADD_OPTIONS = Object.keys(ADD_OPTIONS).filter((name) => ADD_OPTIONS[name]?.needs !== undefined);

/** A larger number would only let the kernel take more memory. */
function limit(number: string): string {
  return String(Math.min(Number(number), MOST_ELEMENTS));
}

function readFamily(text: string): string {
  if (text === 'inet' || text === 'inet6') {
    return text;
  }
  throw new RuleError(`${quote(text)} is not a family: write inet or inet6`);
}

/** MARK or MARK/MASK; ipset takes hexadecimal numbers only. */
function readMark(text: string): string {
  if (!/^0x[\da-f]{1,8}(?:\/0x[\da-f]{1,8})?$/i.test(text)) {
    throw new RuleError(`${quote(text)} is not a mark: write 0xMARK or 0xMARK/0xMASK`);
  }
  return text.toLowerCase();
}

/** MAJOR:MINOR, both hexadecimal. */
function readPriority(text: string): string {
  if (!/^[\da-f]{1,4}:[\da-f]{1,4}$/i.test(text)) {
    throw new RuleError(`${quote(text)} is not a priority: write MAJOR:MINOR in hexadecimal`);
  }
  return text.toLowerCase();
}
