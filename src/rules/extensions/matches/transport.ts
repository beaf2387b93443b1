import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH } from '../../extension.js';
import { sctpChunks, tcpFlags } from '../../values/flags.js';
import { anyCaseChoice, nameList } from '../../values/names.js';
import { inOrder, integer, range } from '../../values/numbers.js';
import { dropMatchAll, portOptions, simplifyPorts } from '../../values/options.js';
import { ORDERED_PORTS, portList, PORTS } from '../../values/ports.js';
import { PORT_PROTOCOLS } from '../../values/protocol.js';

/** Drops --tcp-flags with the mask NONE, which examines no flag. iptables-save drops it with any value. */
function simplifyFlags(option: RuleOption): RuleOption | null {
  const [mask, set] = option.values;
  if (mask !== 'NONE') {
    return option;
  }
  if (set !== 'NONE') {
    throw new RuleError(`--tcp-flags NONE ${set} examines no flag and would never match`);
  }
  return dropMatchAll(option);
}

/**
 * Whether the option can give another result if data is cut into other segments. A segment with data has ACK, but no SYN and no RST. FIN
 * and PSH depend on where the data is cut. TCP options (SACK) come and go. So the result is stable if only SYN, RST and ACK are examined,
 * or if data cannot have their wanted values.
 */
function isOfSegment({ flag, values }: RuleOption): boolean {
  if (flag === '--tcp-option') {
    return true;
  }
  if (flag !== '--tcp-flags' && flag !== '--syn') {
    return false;
  }
  const [mask = [], set = []] = values.map((value) => value.split(','));
  const isFirm = (name: string) => ['SYN', 'RST', 'ACK'].includes(name);
  return !mask.every(isFirm) && mask.filter(isFirm).every((name) => set.includes(name) === (name === 'ACK'));
}

/**
 * iptables-extensions(8), tcp. With `! -p tcp`, iptables-nft accepts the match and looks for ports where there are none. loopfw refuses
 * this, as the legacy back end does. Of two `--dport` in two `-m tcp`, iptables-save shows only one. So all `-m tcp` of a rule are one
 * match.
 */
export const tcp: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(isOfSegment) ? 'segment' : 'packet'),
  isPlain: true,
  protocols: ['tcp'],
  isImplied: true,
  isMerged: true,
  least: 0,
  most: 4,
  options: [
    ...portOptions(ORDERED_PORTS).map((option) => ({ ...option, simplify: simplifyPorts })),
    { flag: '--tcp-option', values: [integer('a TCP option', 1, 255)], negatable: true },
    { flag: '--tcp-flags', values: [tcpFlags, tcpFlags], negatable: true, simplify: simplifyFlags },
    { flag: '--syn', values: [], negatable: true, standsFor: { flag: '--tcp-flags', values: ['FIN,SYN,RST,ACK', 'SYN'] } },
  ],
};

/** iptables-extensions(8), udp. All `-m udp` of a rule are one match, as with tcp. */
export const udp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  isPlain: true,
  protocols: ['udp'],
  isImplied: true,
  isMerged: true,
  least: 0,
  most: 2,
  options: portOptions(PORTS).map((option) => ({ ...option, simplify: simplifyPorts })),
};

/** iptables-extensions(8), multiport. */
export const multiport: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: PORT_PROTOCOLS,
  wantsProtocolFirst: true,
  least: 1,
  most: 1,
  options: [
    { flag: '--sports', aliases: ['--source-ports'], values: [portList], negatable: true, comparedField: 'sourcePort' },
    { flag: '--dports', aliases: ['--destination-ports'], values: [portList], negatable: true, comparedField: 'destinationPort' },
    { flag: '--ports', values: [portList], negatable: true, comparedField: 'port' },
  ],
};

/** iptables-extensions(8), sctp. */
export const sctp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['sctp'],
  isImplied: true,
  least: 0,
  most: 3,
  options: [
    ...portOptions(ORDERED_PORTS),
    { flag: '--chunk-types', values: [anyCaseChoice('a way to match chunks', ['any', 'all', 'only']), sctpChunks], negatable: true },
  ],
};

const TYPES = ['REQUEST', 'RESPONSE', 'DATA', 'ACK', 'DATAACK', 'CLOSEREQ', 'CLOSE', 'RESET', 'SYNC', 'SYNCACK', 'INVALID'];

/** iptables-extensions(8), dccp. */
export const dccp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  protocols: ['33'],
  isImplied: true,
  least: 0,
  most: 4,
  options: [
    ...portOptions(PORTS),
    { flag: '--dccp-types', values: [nameList('a type of DCCP', TYPES)], negatable: true },
    { flag: '--dccp-option', values: [integer('a DCCP option', 1, 255)], negatable: true },
  ],
};

function genre(text: string): string {
  if (/^[\w.+-]{1,31}$/.test(text)) {
    return text;
  }
  throw new RuleError(`"${text}" is not the name of an operating system: letters, digits and . + - _, at most 31`);
}

/**
 * iptables-extensions(8), osf. It matches only where a program of the machine has loaded fingerprints (nfnl_osf). Its log is silent in a
 * network namespace. A SYN that is sent again may have fewer options.
 */
export const osf: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  families: ['ipv4'],
  protocols: ['tcp'],
  least: 1,
  most: 3,
  place: { chains: ['PREROUTING', 'INPUT', 'FORWARD'] },
  options: [
    { flag: '--genre', values: [genre], negatable: true },
    { flag: '--ttl', values: [integer('a way to compare the time to live', 0, 2)], negatable: false },
    { flag: '--log', values: [integer('a way to log', 0, 2)], negatable: false },
  ],
  assertFits(options) {
    if (!options.some(({ flag }) => flag === '--genre')) {
      throw new RuleError('osf needs --genre');
    }
  },
};

const sizes = range('a segment size', 0, 65535);

/** iptables-extensions(8), tcpmss. */
export const tcpmss: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'segment',
  protocols: ['tcp'],
  least: 1,
  most: 1,
  options: [{ flag: '--mss', ...sizes, values: sizes.values.map(inOrder), negatable: true }],
};
