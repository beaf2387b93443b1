import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, type OptionRow, USUAL_MATCH } from '../../extension.js';
import { addressListOf, clearedPrefix } from '../../values/addresses.js';
import { headerNames, headerOptions, mobilityTypes } from '../../values/ipv6-headers.js';
import { integer, range } from '../../values/numbers.js';
import { unlessAll } from '../../values/options.js';

const MOST = 0xffffffff;

/** What the matches of this file have in common: headers are the same in a retransmission. */
const OF_HEADER = { ...USUAL_MATCH, stability: 'packet', families: ['ipv6'] } satisfies Partial<MatchExtension>;

const bare = (flag: string): OptionRow => ({ flag, values: [], negatable: false });

/** iptables-extensions(8), frag. */
export const frag: MatchExtension = {
  ...OF_HEADER,
  stability: (options) => (options.some(({ flag }) => flag === '--fragid') ? 'moment' : 'packet'),
  least: 0,
  most: 5,
  alternatives: [['--fragmore', '--fraglast']],
  options: [
    { flag: '--fragid', ...range('an id of a fragment', 0, MOST), negatable: true, simplify: unlessAll(MOST) },
    { flag: '--fraglen', values: [integer('a length', 0, MOST)], negatable: true },
    ...['--fragres', '--fragfirst', '--fragmore', '--fraglast'].map(bare),
  ],
};

/** The options of rt for routing header type 0, each with the options that iptables wants before it. */
const OF_TYPE_0: Record<string, string> = { '--rt-0-res': '--rt-type', '--rt-0-addrs': '--rt-type', '--rt-0-not-strict': '--rt-0-addrs' };

/** @throws RuleError for an option without the option that must come before it */
function assertType0(options: RuleOption[]): void {
  for (const [place, { flag }] of options.entries()) {
    const before = options.slice(0, place).find((option) => option.flag === OF_TYPE_0[flag]);
    const isType0 = before?.flag !== '--rt-type' || (!before.negated && before.values[0] === '0');
    if (Object.hasOwn(OF_TYPE_0, flag) && (before === undefined || !isType0)) {
      throw new RuleError(`${flag} needs ${OF_TYPE_0[flag] === '--rt-type' ? '--rt-type 0' : OF_TYPE_0[flag]} before it`);
    }
  }
}

/** iptables-extensions(8), rt. Systems no longer obey routing header type 0 (RFC 5095). */
export const rt: MatchExtension = {
  ...OF_HEADER,
  nftBytes: 350,
  least: 0,
  most: 6,
  options: [
    { flag: '--rt-type', values: [integer('a type of routing header', 0, 255)], negatable: true },
    { flag: '--rt-segsleft', ...range('a number of segments', 0, MOST), negatable: true, simplify: unlessAll(MOST) },
    { flag: '--rt-len', values: [integer('a length', 0, MOST)], negatable: true },
    bare('--rt-0-res'),
    { flag: '--rt-0-addrs', values: [addressListOf(16)], negatable: false },
    bare('--rt-0-not-strict'),
  ],
  assertFits: assertType0,
};

/** iptables-extensions(8), hbh. */
export const hbh = compareOptions('--hbh');

/** iptables-extensions(8), dst. */
export const dst = compareOptions('--dst');

function compareOptions(flag: string): MatchExtension {
  return {
    ...OF_HEADER,
    least: 0,
    most: 2,
    options: [
      { flag: `${flag}-len`, values: [integer('a length', 0, MOST)], negatable: true },
      { flag: `${flag}-opts`, values: [headerOptions], negatable: false },
    ],
  };
}

/** iptables-extensions(8), mh. */
export const mh: MatchExtension = {
  ...OF_HEADER,
  protocols: ['mh'],
  isImplied: true,
  least: 0,
  most: 1,
  options: [{ flag: '--mh-type', ...mobilityTypes, negatable: true, simplify: unlessAll(255) }],
};

/** iptables-extensions(8), ipv6header. */
export const ipv6header: MatchExtension = {
  ...OF_HEADER,
  least: 1,
  most: 2,
  options: [{ flag: '--header', values: [headerNames], negatable: true }, bare('--soft')],
  assertFits(options) {
    if (!options.some(({ flag }) => flag === '--header')) {
      throw new RuleError('ipv6header needs --header');
    }
  },
};

const COMPARED = ['--srh-hdr-len', '--srh-segs-left', '--srh-last-entry'];
const WAYS = ['eq', 'gt', 'lt'];

/** iptables-extensions(8), srh. */
export const srh: MatchExtension = {
  ...OF_HEADER,
  nftBytes: 400,
  least: 0,
  most: 8,
  // iptables has one place for the number of all three, and mixes them up.
  alternatives: COMPARED.map((flag) => WAYS.map((way) => `${flag}-${way}`)),
  options: [
    { flag: '--srh-next-hdr', values: [integer('the number of a header', 0, 255)], negatable: true },
    ...COMPARED.flatMap((flag) => WAYS.map((way) => ({ flag: `${flag}-${way}`, values: [integer('a number', 0, 255)], negatable: true }))),
    { flag: '--srh-tag', values: [integer('a tag', 0, 65535)], negatable: true },
    ...['--srh-psid', '--srh-nsid', '--srh-lsid'].map((flag) => ({ flag, values: [clearedPrefix], negatable: true })),
  ],
};

/** iptables-extensions(8), eui64. */
export const eui64: MatchExtension = {
  ...OF_HEADER,
  least: 0,
  most: 0,
  place: { chains: ['PREROUTING', 'INPUT', 'FORWARD'] },
  options: [],
};
