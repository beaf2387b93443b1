import type { Family, Rule } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import type { OptionRow, TargetExtension } from '../../extension.js';
import { integer, readNumber, toHex } from '../../values/numbers.js';
import { dscpOptions, tos as value } from '../../values/service.js';

/** Makes an option that iptables-save writes as --set-tos VALUE/MASK. The kernel clears the bits of MASK, and then flips those of VALUE. */
function toSet(flag: string, transform: (bits: number) => [value: number, mask: number]): OptionRow {
  return {
    flag,
    values: [
      (text) =>
        transform(readNumber('a type of service', text, 255))
          .map((bits) => toHex(bits & 0xff, 2))
          .join('/'),
    ],
    negatable: false,
    simplify: (option) => ({ ...option, flag: '--set-tos' }),
  };
}

/** iptables-extensions(8), TOS. */
export const tos: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: [
    { flag: '--set-tos', values: [value], negatable: false },
    toSet('--and-tos', (bits) => [0, ~bits]),
    toSet('--or-tos', (bits) => [bits, bits]),
    toSet('--xor-tos', (bits) => [bits, 0]),
  ],
};

/** Whether the rule matches only SYNs. The legacy back end requires this with -p tcp (net/netfilter/xt_TCPMSS.c, find_syn_match). */
function seesOnlySyn({ matches }: Rule): boolean {
  const flags = matches.filter(({ name }) => name === 'tcp').flatMap(({ options }) => options);
  return flags.some(({ flag, negated, values }) => flag === '--tcp-flags' && !negated && values[1]?.split(',').includes('SYN') === true);
}

/** iptables-extensions(8), TCPMSS. */
export const tcpmss: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  protocols: ['tcp'],
  least: 1,
  most: 1,
  options: [
    { flag: '--set-mss', values: [integer('a segment size', 1, 65475)], negatable: false },
    { flag: '--clamp-mss-to-pmtu', values: [], negatable: false },
  ],
  place: ([option]) => (option?.flag === '--clamp-mss-to-pmtu' ? { chains: ['FORWARD', 'OUTPUT', 'POSTROUTING'] } : {}),
  getUnsupported: (_options, rule, backend) =>
    backend === 'legacy' && !seesOnlySyn(rule) ? 'TCPMSS on the legacy back end needs --tcp-flags with SYN, such as --syn' : null,
};

/** The options of TCP by name. */
const TCP_OPTIONS: Record<string, string> = { mss: '2', wscale: '3', 'sack-permitted': '4', sack: '5', timestamp: '8', md5: '19' };
const tcpOption = integer('a TCP option', 2, 255);

function tcpOptions(text: string): string {
  const numbers = text.split(',').map((name) => Number(tcpOption(TCP_OPTIONS[name] ?? name)));
  if (new Set(numbers).size < numbers.length) {
    throw new RuleError(`"${text}" names a TCP option twice`);
  }
  return numbers.sort((a, b) => a - b).join(',');
}

/** iptables-extensions(8), TCPOPTSTRIP. */
export const tcpoptstrip: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  protocols: ['tcp'],
  least: 0,
  most: 1,
  place: { tables: ['mangle'] },
  options: [{ flag: '--strip-options', values: [tcpOptions], negatable: false }],
};

/** iptables-extensions(8), HL. */
export const hl = changeHops('ipv6', '--hl', 'a hop limit');

/** iptables-extensions(8), TTL. */
export const ttl = changeHops('ipv4', '--ttl', 'a time to live');

function changeHops(family: Family, flag: string, what: string): TargetExtension {
  const change = integer('a change', 1, 255);
  return {
    stability: 'packet',
    verdict: 'continue',
    effect: 'fate',
    isPlain: false,
    families: [family],
    least: 1,
    most: 1,
    place: { tables: ['mangle'] },
    options: [
      { flag: `${flag}-set`, values: [integer(what, 0, 255)], negatable: false },
      { flag: `${flag}-dec`, values: [change], negatable: false },
      { flag: `${flag}-inc`, values: [change], negatable: false },
    ],
  };
}

/** iptables-extensions(8), ECN. */
export const ecn: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  families: ['ipv4'],
  protocols: ['tcp'],
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: [{ flag: '--ecn-tcp-remove', values: [], negatable: false }],
};

/** iptables-extensions(8), CHECKSUM. */
export const checksum: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: [{ flag: '--checksum-fill', values: [], negatable: false }],
};

/** iptables-extensions(8), DSCP. */
export const dscp: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['mangle'] },
  options: dscpOptions('--set-dscp', false),
};
