import { RuleError } from '../errors.js';
import { readNumber, toHex } from './numbers.js';

/** The longest pattern in bytes: XT_STRING_MAX_PATTERN_SIZE (linux/netfilter/xt_string.h). */
const LONGEST_PATTERN = 128;
/** The most tests, steps of a location, and ranges of a value: XT_U32_MAXSIZE (linux/netfilter/xt_u32.h). */
const MOST = 10;
const STEP = /(&|<<|>>|@)/;

/** Text to search for. */
export function pattern(text: string): string {
  return print(Buffer.from(text));
}

/** Text that contains bytes as |0d 0a|. */
export function hexPattern(text: string): string {
  if (text.includes('\\') || text.includes('||')) {
    throw new RuleError(`"${text}": iptables reads a backslash, and one |…| right after another, as something else`);
  }
  const parts = text.split('|');
  if (parts.length % 2 === 0) {
    throw new RuleError(`"${text}": a | has no partner`);
  }
  const bytes = parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : readHex(part)));
  return print(Buffer.concat(bytes));
}

function readHex(text: string): Buffer {
  const digits = text.replaceAll(' ', '');
  if (!/^([\da-f]{2})+$/i.test(digits)) {
    throw new RuleError(`"|${text}|" are not bytes: two hexadecimal digits each`);
  }
  return Buffer.from(digits, 'hex');
}

/**
 * Prints the bytes as text if all are printable ASCII, otherwise as |hex|. Text that iptables would misread as |hex|, or as the end of a
 * quotation, is printed as |hex| too.
 */
function print(bytes: Buffer): string {
  if (bytes.length === 0 || bytes.length > LONGEST_PATTERN) {
    throw new RuleError(`the pattern has ${bytes.length} bytes: 1 to ${LONGEST_PATTERN} are possible`);
  }
  const text = bytes.toString('latin1');
  return /^[ -~]*$/.test(text) && !text.endsWith('\\') && !/^\|.*\|$/.test(text) ? text : `|${bytes.toString('hex')}|`;
}

/** TEST && TEST…, each LOCATION=VALUES (iptables-extensions(8), u32). The canonical form is hexadecimal and has no spaces. */
export function u32Tests(text: string): string {
  if (/\w\s+\w/.test(text)) {
    throw new RuleError(`"${text}": an operator, a comma or && is missing between two numbers`);
  }
  const tests = text.replaceAll(' ', '').split('&&');
  assertFew(tests, 'tests');
  return tests.map(readTest).join('&&');
}

function readTest(text: string): string {
  const [location = '', values, ...rest] = text.split('=');
  if (values === undefined || rest.length > 0) {
    throw new RuleError(`"${text}" is not a test: write LOCATION=VALUES`);
  }
  const steps = location.split(STEP);
  const ranges = values.split(',');
  assertFew(
    steps.filter((_, index) => index % 2 === 0),
    'steps',
  );
  assertFew(ranges, 'ranges');
  return `${steps.map((step, index) => (index % 2 === 0 ? readStep(step, steps[index - 1]) : step)).join('')}=${ranges.map(readRange).join(',')}`;
}

function readRange(text: string): string {
  const [first = '', last = first, ...rest] = text.split(':');
  const [from, to] = [readWord(first), readWord(last)];
  if (rest.length > 0) {
    throw new RuleError(`"${text}" is not a range: write FIRST:LAST`);
  }
  return from === to ? from : `${from}:${to}`;
}

/** Whether one of the canonical tests has only ranges whose first number is the larger one. */
export function isUnmetU32(tests: string): boolean {
  const isEmpty = (range: string) => {
    const [first, last] = range.split(':').map(Number);
    return first !== undefined && last !== undefined && first > last;
  };
  return tests.split('&&').some((test) =>
    test
      .slice(test.indexOf('=') + 1)
      .split(',')
      .every(isEmpty),
  );
}

/** The kernel refuses a shift by more than 31 (net/netfilter/xt_u32.c). */
function readStep(text: string, operator = ''): string {
  return operator === '<<' || operator === '>>' ? toHex(readNumber('a number of bits', text, 31)) : readWord(text);
}

function readWord(text: string): string {
  return toHex(readNumber('a number of 32 bits', text, 0xffffffff));
}

function assertFew(list: unknown[], what: string): void {
  if (list.length > MOST) {
    throw new RuleError(`${list.length} ${what}: at most ${MOST} are possible`);
  }
}
