import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import type { OptionRow } from '../extension.js';
import { inOrder, integer, rangeOf } from './numbers.js';

/** The headers that ipv6header can look for, with the other names of each, in the order of iptables-save. */
const HEADERS: [name: string, others: string[]][] = [
  ['hop-by-hop', ['hop', 'hopopt', '0']],
  ['ipv6-opts', ['dst', '60']],
  ['ipv6-route', ['route', '43']],
  ['ipv6-frag', ['frag', '44']],
  ['ah', ['auth', '51']],
  ['esp', ['50']],
  ['ipv6-nonxt', ['none', '59']],
  ['protocol', ['prot', '255']],
];
const HEADER_NAMES = new Map(HEADERS.flatMap(([name, others]) => [name, ...others].map((each) => [each, name])));

/** Headers, separated by commas. The canonical form has each once, in the order of iptables-save. */
export function headerNames(text: string): string {
  const given = text.split(',').map((name) => {
    const known = HEADER_NAMES.get(name);
    if (known === undefined) {
      throw new RuleError(
        `"${name}" is not a header${didYouMean(name, [...HEADER_NAMES.keys()])}: ${HEADERS.map(([each]) => each).join(', ')}`,
      );
    }
    return known;
  });
  return HEADERS.flatMap(([name]) => (given.includes(name) ? [name] : [])).join(',');
}

const MOST_OPTIONS = 16;
const type = integer('a type of option', 0, 255);
const length = integer('a length', 0, 255);

/** Types of options of a header, each with or without its length: TYPE[:LENGTH],… The kernel reads the length 255 as any length. */
export function headerOptions(text: string): string {
  const options = text.split(',');
  if (options.length > MOST_OPTIONS) {
    throw new RuleError(`${options.length} options: at most ${MOST_OPTIONS} are possible`);
  }
  return options.map(readHeaderOption).join(',');
}

function readHeaderOption(text: string): string {
  const colon = text.indexOf(':');
  if (colon === -1) {
    return type(text);
  }
  const [kind, size] = [type(text.slice(0, colon)), length(text.slice(colon + 1))];
  if (kind === '0') {
    throw new RuleError(`"${text}": the option 0 (Pad1) has no length`);
  }
  return size === '255' ? kind : `${kind}:${size}`;
}

/** Messages of Mobile IPv6 by name, as `ip6tables -p mh -h` lists them. */
const MOBILITY_TYPES: Record<string, string> = {
  'binding-refresh-request': '0',
  brr: '0',
  'home-test-init': '1',
  hoti: '1',
  'careof-test-init': '2',
  coti: '2',
  'home-test': '3',
  hot: '3',
  'careof-test': '4',
  cot: '4',
  'binding-update': '5',
  bu: '5',
  'binding-acknowledgement': '6',
  ba: '6',
  'binding-error': '7',
  be: '7',
};
const mobilityNumber = integer('a message of Mobile IPv6', 0, 255);

/** The values of an option that is a message of Mobile IPv6 or a range of them, by number or name. */
export const mobilityTypes: Pick<OptionRow, 'values'> = {
  values: [inOrder(rangeOf((text) => MOBILITY_TYPES[text.toLowerCase()] ?? mobilityNumber(text), 0, 255))],
};
