// The kinds of values. The parser of an option tells which kinds it reads, by the examples that it takes, and what its largest number is.
import type { Family } from '../../../src/model/rule.js';
import * as texts from './texts.js';

export type Taker = (text: string) => boolean;

/** An option reads values of this kind if its parser takes one of the examples. */
interface Kind {
  examples: (family: Family) => string[];
  /** Values like the example, right ones and wrong ones. */
  vary: (example: string, takes: Taker, family: Family) => string[];
}

const BITS = [4, 8, 15, 16, 31, 32, 53, 63, 64];
const POWERS = BITS.flatMap((bits) => around(2n ** BigInt(bits)));
const ADDRESS_PAIR: Record<Family, [string, string]> = { ipv4: ['10.0.0.1', '10.0.0.9'], ipv6: ['2001:db8::1', '2001:db8::9'] };
/** How many words of an enumeration are written in all odd ways. */
const ODD_WORDS = 3;

function around(number: bigint): string[] {
  return [number - 1n, number, number + 1n].filter((value) => value >= 0n).map(String);
}

/** The largest number that a parser takes, if it takes all numbers up to that one. */
function findMost(takes: Taker): bigint {
  let [low, high] = [[1n, 5n, 0n].find((number) => takes(String(number))) ?? 0n, 2n ** 66n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    [low, high] = takes(String(middle)) ? [middle, high] : [low, middle];
  }
  return low;
}

function findLongest(takes: Taker, make: (length: number) => string, most: number): number {
  return Array.from({ length: most }, (_, index) => index + 1).findLast((length) => takes(make(length))) ?? 1;
}

/** Two numbers with this between them. */
function pairOf(separator: string, ...examples: string[]): Kind {
  return {
    examples: () => examples,
    vary(_, takes) {
      const most = findMost(takes);
      return texts.PAIRS.map((pair) =>
        pair
          .replaceAll(':', separator)
          .replaceAll('MOST', `${most}`)
          .replaceAll('MORE', `${most + 1n}`),
      );
    },
  };
}

/** A fixed list, the first of which is the example. */
function listOf(list: string[], example = list[0] ?? ''): Kind {
  return { examples: () => [example], vary: () => list };
}

const KINDS: Kind[] = [
  // An ipset that the namespace has (test/rules/save/run-restores.ts). With its colon it is no name of a table.
  listOf(['cali40s:a-b']),
  // Another name in each line: see companions.ts.
  listOf(['NAME']),
  {
    examples: () => ['1', '5', '0', '1/second'],
    vary(_, takes) {
      const most = findMost(takes);
      const odd = [`0${most}`, `+${most}`, `-${most}`, ...[most, most + 1n].map((value) => `0x${value.toString(16)}`)];
      return [...POWERS, '0', '1', '2', '99999999999999999999999', ...around(most), ...texts.SPELLINGS, ...odd];
    },
  },
  pairOf(':', '1:2'),
  pairOf('-', '1-2'),
  pairOf('/', '1/1', '1/1f'),
  {
    examples: (family) => [
      ...texts.toTexts(
        '1,2 NEW,RELATED SYN,ACK LOCAL,UNICAST REQUEST,DATA ASSURED,CONFIRMED srcip,dstip INIT,DATA Mon,Tue new,reply dst,hop',
      ),
      ADDRESS_PAIR[family].join(),
    ],
    vary(example, takes) {
      const [a = '', b = ''] = example.split(',');
      const repeat = (length: number) => Array(length).fill(a).join();
      const longest = findLongest(takes, repeat, 40);
      const own = texts
        .toTexts('A,B B,A A,A A, ,A A,,B , A,␣B A␣,B A;B A:B A,B:B')
        .map((text) => text.replaceAll('A', a).replaceAll('B', b));
      const ports =
        a === '1' ? [...texts.toTexts('1:2,3 1:2,3: :2,3 2:1,3 80:80'), ...[7, 8].map((count) => Array(count).fill('1:2').join())] : [];
      return [...own, ...[15, 16, longest, longest + 1].map(repeat), ...ports];
    },
  },
  {
    examples: () => texts.WORDS,
    vary: (word) => [
      ...[word, word.toUpperCase(), word.toLowerCase(), word.slice(0, -1), word.slice(0, 2), word.slice(0, 1)],
      ...[`${word}x`, ` ${word}`, `${word} `, `${word},`, `!${word}`],
    ],
  },
  { examples: (family) => [...texts.ADDRESSES[family].slice(0, 1), '2001:db8:1::/48'], vary: (_, __, family) => texts.ADDRESSES[family] },
  { examples: (family) => texts.MASKS[family].slice(0, 1), vary: (_, __, family) => texts.MASKS[family] },
  {
    examples: (family) => [ADDRESS_PAIR[family].join('-')],
    vary(_, __, family) {
      const [a, b] = ADDRESS_PAIR[family];
      const all = family === 'ipv4' ? '0.0.0.0-255.255.255.255' : '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';
      return [all, ...texts.ADDRESS_RANGES.map((text) => text.replaceAll('A', a).replaceAll('B', b))];
    },
  },
  {
    examples: (family) => [family === 'ipv4' ? '10.0.0.1:80' : '[2001:db8::1]:80'],
    vary(_, __, family) {
      const [a, b] = ADDRESS_PAIR[family];
      const hosts = family === 'ipv4' ? [a, `${a}-${b}`, `[${a}]`, ''] : [a, `[${a}]`, `[${a}-${b}]`, `[${a}]-[${b}]`, ''];
      return hosts.flatMap((host) => texts.NAT_PORTS.map((ports) => host + ports));
    },
  },
  listOf(texts.RATES, '3/hour'),
  listOf(texts.PROBABILITIES, '0.5'),
  listOf(texts.TIMES),
  listOf(texts.DATES),
  listOf(texts.MAC_ADDRESSES),
  listOf(texts.CLASSES),
  listOf(texts.SET_DIRECTIONS),
  listOf(texts.ICMP_TYPES, '3/1'),
  listOf(texts.U32_TESTS),
];

/** The kind of an option that takes any text. */
const TEXT: Kind = {
  examples: () => ['any text, of all kinds!', 'name_1'],
  vary(_, takes) {
    const make = (length: number) => 'x'.repeat(length);
    const longest = findLongest(takes, make, 300);
    const lengths = [
      13,
      14,
      15,
      16,
      27,
      28,
      29,
      30,
      31,
      32,
      63,
      64,
      65,
      127,
      128,
      129,
      199,
      200,
      201,
      254,
      255,
      256,
      257,
      longest,
      longest + 1,
    ];
    return [...lengths.map(make), ...texts.ODD_TEXTS, '漢'.repeat(85), 'é'.repeat(32)];
  },
};

/** Every value that is tried for a parser, without doubles. */
export function makeValues(takes: Taker, family: Family): string[] {
  const kinds = takes('zyx') ? [TEXT] : KINDS;
  return [...new Set(kinds.flatMap((kind) => varyKind(kind, takes, family)))];
}

function varyKind({ examples, vary }: Kind, takes: Taker, family: Family): string[] {
  const taken = examples(family).filter(takes);
  if (taken.length > 1 && taken.every((word) => texts.WORDS.includes(word))) {
    return [...taken, ...taken.slice(0, ODD_WORDS).flatMap((word) => vary(word, takes, family))];
  }
  return taken.slice(0, 1).flatMap((example) => vary(example, takes, family));
}

/** Values that the parser takes, the plainest first. */
export function findExamples(takes: Taker, family: Family): string[] {
  return [...KINDS, TEXT].flatMap(({ examples }) => examples(family).filter(takes));
}
