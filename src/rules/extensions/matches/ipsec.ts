import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH } from '../../extension.js';
import { clearedPrefix } from '../../values/addresses.js';
import { choice } from '../../values/names.js';
import { hex, integer, range } from '../../values/numbers.js';
import { unlessAll, withDefaults } from '../../values/options.js';

const ELEMENT = ['--reqid', '--spi', '--proto', '--mode', '--tunnel-dst', '--tunnel-src'];

/** iptables-extensions(8), policy, with one element only. */
export const policy: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  nftBytes: 450,
  least: 2,
  most: 9,
  options: [
    { flag: '--dir', values: [choice('a direction', ['in', 'out'])], negatable: false },
    { flag: '--pol', values: [choice('a policy', ['none', 'ipsec'])], negatable: false },
    { flag: '--strict', values: [], negatable: false },
    { flag: '--reqid', values: [integer('a number', 0, 0xffffffff)], negatable: true },
    { flag: '--spi', values: [hex('an SPI', 0xffffffff)], negatable: true },
    { flag: '--proto', values: [choice('a protocol of IPsec', ['ah', 'esp', 'ipcomp'])], negatable: true },
    { flag: '--mode', values: [choice('a mode', ['transport', 'tunnel'])], negatable: true },
    { flag: '--tunnel-dst', values: [clearedPrefix], negatable: true },
    { flag: '--tunnel-src', values: [clearedPrefix], negatable: true },
  ],
  assertFits(options) {
    const find = (flag: string) => options.find((option) => option.flag === flag);
    if (find('--dir') === undefined || find('--pol') === undefined) {
      throw new RuleError('policy needs --dir and --pol');
    }
    const extra = ['--strict', ...ELEMENT].find((flag) => find(flag) !== undefined);
    if (find('--pol')?.values[0] === 'none' && extra !== undefined) {
      throw new RuleError(`${extra} does not go with --pol none`);
    }
    if (find('--strict') !== undefined && !ELEMENT.some((flag) => find(flag) !== undefined)) {
      throw new RuleError(`--strict needs one of ${ELEMENT.join(', ')}`);
    }
    const tunnel = find('--tunnel-src') ?? find('--tunnel-dst');
    const mode = find('--mode');
    if (tunnel !== undefined && (mode?.values[0] !== 'tunnel' || mode.negated)) {
      throw new RuleError(`${tunnel.flag} needs --mode tunnel`);
    }
  },
  place: (options) => ({
    chains:
      options.find(({ flag }) => flag === '--dir')?.values[0] === 'in'
        ? ['PREROUTING', 'INPUT', 'FORWARD']
        : ['FORWARD', 'OUTPUT', 'POSTROUTING'],
  }),
};

const MOST = 0xffffffff;

/** iptables-extensions(8), ah. In IPv6 it is an extension header: -p names the protocol that comes after it. */
export const ah: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['ah'],
  needsNoProtocolIn: 'ipv6',
  isImplied: true,
  least: 0,
  most: 3,
  options: [
    { flag: '--ahspi', ...range('an SPI', 0, MOST), negatable: true, simplify: unlessAll(MOST) },
    // The kernel reads 0 as any length, also where it is negated.
    {
      flag: '--ahlen',
      values: [integer('a length', 0, MOST)],
      negatable: true,
      simplify: (option, family) => (option.values[0] === '0' && family === 'ipv6' ? null : option),
    },
    { flag: '--ahres', values: [], negatable: false },
  ],
  assertFits(options, { family }) {
    const ofIPv6 = options.find(({ flag }) => flag !== '--ahspi');
    if (ofIPv6 !== undefined && family === 'ipv4') {
      throw new RuleError(`${ofIPv6.flag} is for IPv6 only`);
    }
  },
};

/** iptables-extensions(8), esp. */
export const esp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['esp'],
  isImplied: true,
  least: 0,
  most: 1,
  options: [{ flag: '--espspi', ...range('an SPI', 0, MOST), negatable: true, simplify: unlessAll(MOST) }],
};

/**
 * iptables-extensions(8), ipcomp. Without --ipcompspi, iptables 1.8.9 matches the CPI 0 only. Of all CPIs, iptables-save writes none, which
 * would then be read as 0.
 */
export const ipcomp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['108'],
  least: 0,
  most: 1,
  options: [{ flag: '--ipcompspi', ...range('a CPI', 0, MOST), negatable: true }],
  complete: withDefaults({ '--ipcompspi': '0' }),
  assertFits([option]) {
    if (option?.values[0] === `0:${MOST}`) {
      throw new RuleError('--ipcompspi with all numbers is lost by iptables-save: leave -m ipcomp out');
    }
  },
};
