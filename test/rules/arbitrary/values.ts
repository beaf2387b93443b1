import fc from 'fast-check';
import type { Family } from '../../../src/model/rule.js';

export type Words = string[];

export const not = fc.boolean().map((negated): Words => (negated ? ['!'] : []));
export const port = fc.oneof(fc.integer({ min: 0, max: 65535 }), fc.constantFrom(0, 1, 80, 443, 65534, 65535));
const closedRange = fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}:${Math.max(a, b)}`);
/** A negated range of all ports never matches, and is refused. */
export const numericPorts = fc.oneof(
  port.map(String),
  closedRange,
  port.map((from) => `${from}:`),
  port.map((to) => `:${to}`),
);
const namedPorts = fc.oneof(numericPorts, fc.constantFrom(':', 'domain', 'echo:kerberos'));
/** With all ports, the names of a service, and in hexadecimal. Its first number is never the larger one. */
export const ports = fc.oneof(namedPorts, fc.constant('0x50:0120'));
/** A range whose first number may be the larger one, of an option that reads decimal numbers only. */
export const anyPorts = fc.oneof(
  namedPorts,
  fc.tuple(port, port).map((pair) => pair.join(':')),
);
const listedRange = closedRange.filter((text) => !/^(\d+):\1$/.test(text));
export const portList = fc.array(fc.oneof(port.map(String), listedRange), { minLength: 1, maxLength: 7 }).map((list) => list.join(','));

const number32 = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 0xffffffff, 0x7f000001, 0x7f000002));
const toIPv4 = (number: bigint) => [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 0xffn).join('.');
/** Groups as they are, in capitals, or with their zeros left out once. */
const toIPv6 = (number: bigint, style: number) => {
  const groups = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const text = groups.join(':');
  const short = text.replace(/(^|:)0(?::0)+(:|$)/, '::').replace(':::', '::');
  return [text, text.toUpperCase(), short][style] ?? text;
};
const group = fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, { arbitrary: fc.integer({ min: 0, max: 0xffff }), weight: 1 });
const number128 = fc
  .oneof(
    fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.reduce((sum, part) => (sum << 16n) + BigInt(part), 0n)),
    fc.constantFrom(0n, 1n, 0x102n, 0x1020304n, 2n ** 128n - 1n),
  )
  .filter((number) => number >> 32n !== 0xffffn);

const SPACE = {
  ipv4: { bits: 32, number: number32.map(BigInt), print: toIPv4 },
  ipv6: { bits: 128, number: number128, print: toIPv6 },
};
const style = fc.nat(2);

export function makeAddresses(family: Family) {
  const { bits, number, print } = SPACE[family];
  const clear = (value: bigint, length: number) => (value >> BigInt(bits - length)) << BigInt(bits - length);
  const toMask = (length: number) => print(clear(2n ** BigInt(bits) - 1n, length), 0);
  const address = fc.tuple(number, style).map(([value, how]) => print(value, how));
  const network = fc
    .tuple(number, fc.integer({ min: 1, max: bits }), fc.boolean(), style)
    .filter(([value, length]) => clear(value, length) >> 32n !== 0xffffn)
    .map(([value, length, masked, how]) => `${print(clear(value, length), how)}/${masked ? toMask(length) : length}`);
  const range = fc.tuple(number, number, style).map(([a, b, how]) => (a < b ? [a, b] : [b, a]).map((value) => print(value, how)).join('-'));
  const mask = fc.integer({ min: 0, max: bits }).map(toMask);
  const holes = fc.tuple(address, number).map(([value, mask]) => `${value}/${print(mask, 0)}`);
  const short = fc.constantFrom(
    ...(family === 'ipv4' ? ['10/8', '10.1', '127.1/16', '0/0', '192.0.2.1/24', '1.2.3/0'] : ['fd00::1/64', '::1/8']),
  );
  const any = family === 'ipv4' ? '0.0.0.0/0' : '::/0';
  const reversed = range.map((text) => text.split('-').reverse().join('-'));
  const oneAddress = fc.oneof(address, network);
  const anyAddress = fc.oneof(oneAddress, { arbitrary: holes, weight: 1 }, short);
  return {
    any,
    address,
    network,
    mask,
    range: fc.oneof(address, range),
    anyRange: fc.oneof(address, range, reversed),
    oneAddress,
    anyAddress,
  };
}

/** An ipset that test/rules/save/run-restores.ts makes, and what to look up in it. */
export const ipset = fc.tuple(fc.constantFrom('known', 'cali40s:a-b', 'counted'), fc.constantFrom('src', 'dst', 'src,dst', 'dst,dst,src'));

export const interfaceName = fc.constantFrom('lo', 'eth0', 'eth+', 'wlan0.7', 'br-lan', 'abcdefghijklmno', 'abcdefghijklmn+', 'a+b');

const anyCase = (names: string[]) => fc.constantFrom(...names, ...names.map((name) => name.toLowerCase()));
export const someOf = (names: string[]) =>
  fc.array(anyCase(names), { minLength: 1, maxLength: names.length }).map((list) => list.join(','));

/** One piece of each kind at most, in any order. */
export const pieces = (...all: fc.Arbitrary<Words>[]): fc.Arbitrary<Words> => shuffle(all, 0);
export const somePieces = (...all: fc.Arbitrary<Words>[]): fc.Arbitrary<Words> => shuffle(all, 1);
const shuffle = (all: fc.Arbitrary<Words>[], minLength: number): fc.Arbitrary<Words> =>
  fc
    .tuple(...all)
    .chain((words) => fc.shuffledSubarray(words, { minLength }))
    .map((some) => some.flat());

/** An option that may be negated. */
export const option = (flag: string, value: fc.Arbitrary<string>) =>
  fc.tuple(not, value).map(([words, text]): Words => [...words, flag, text]);
export const plain = (flag: string, value: fc.Arbitrary<string>) => value.map((text): Words => [flag, text]);
export const bare = (...flags: string[]) => fc.constantFrom(...flags).map((flag): Words => [flag]);
/** A flag that may be negated. */
export const either = (...flags: string[]) => fc.tuple(not, fc.constantFrom(...flags)).map(([words, flag]): Words => [...words, flag]);
export const join = (...all: fc.Arbitrary<Words>[]) => fc.tuple(...all).map((words): Words => words.flat());
export const match = (name: string, words: fc.Arbitrary<Words>) => words.map((some): Words => ['-m', name, ...some]);

export const number = (min: number, max: number) =>
  fc.oneof({ arbitrary: fc.integer({ min, max }), weight: 3 }, { arbitrary: fc.constantFrom(min, max), weight: 1 }).map(String);
export const numberRange = (min: number, max: number) =>
  fc.oneof(
    number(min, max),
    fc.tuple(number(min, max), number(min, max)).map(([a, b]) => [a, b].sort((x, y) => Number(x) - Number(y)).join(':')),
  );
/** A range whose first number may be the larger one. */
export const looseRange = (min: number, max: number) =>
  fc.oneof(
    numberRange(min, max),
    fc.tuple(number(min, max), number(min, max)).map((pair) => pair.join(':')),
    fc.constantFrom(':', '5:', ':5'),
  );
const MOST_64 = 2n ** 64n - 1n;
export const number64 = fc.oneof(fc.bigInt({ min: 0n, max: MOST_64 }), fc.constantFrom(0n, MOST_64, 2n ** 53n + 1n)).map(String);
export const hex = (max: number) =>
  fc
    .oneof(fc.integer({ min: 0, max }), fc.constantFrom(0, 1, max))
    .chain((value) => fc.constantFrom(String(value), `0x${value.toString(16)}`, `0x${value.toString(16).toUpperCase()}`));
export const masked = (max: number) =>
  fc.oneof(
    hex(max),
    fc.tuple(hex(max), hex(max)).map((pair) => pair.join('/')),
  );

const character = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  fc.constantFrom('"', "'", '\\', '$', ' ', '!', '#', '|', 'é', '漢', '😀'),
);
/** Text of at most so many bytes. */
export const text = (longest: number) =>
  fc
    .oneof(
      fc.array(character, { maxLength: 40 }).map((list) => list.join('')),
      fc.constantFrom('-j', '--dport', '!', '', ' ', 'x'.repeat(longest), '\\', '\\\\"', '|', '|0|', '| a|'),
    )
    .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value) && Buffer.byteLength(value) <= longest);
