import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import type { RuleContext, Stability, TargetExtension } from '../../extension.js';
import { choice, exactNameList } from '../../values/names.js';
import { hex, integer, setMarkOptions } from '../../values/numbers.js';
import { unlessDefault, withDefaults } from '../../values/options.js';
import { showProtocol } from '../../values/protocol.js';

/** The conntrack helpers of Linux, with their protocols. With another protocol the kernel answers ENOENT (tried). */
const HELPERS: Record<string, { protocols: string[]; isIPv4?: true }> = {
  amanda: { protocols: ['udp'] },
  ftp: { protocols: ['tcp'] },
  irc: { protocols: ['tcp'], isIPv4: true },
  'netbios-ns': { protocols: ['udp'], isIPv4: true },
  pptp: { protocols: ['tcp'], isIPv4: true },
  'Q.931': { protocols: ['tcp'] },
  RAS: { protocols: ['udp'] },
  sane: { protocols: ['tcp'] },
  sip: { protocols: ['tcp', 'udp'] },
  snmp: { protocols: ['udp'], isIPv4: true },
  snmp_trap: { protocols: ['udp'], isIPv4: true },
  tftp: { protocols: ['udp'] },
};

const EVENTS = ['new', 'related', 'destroy', 'reply', 'assured', 'protoinfo', 'helper', 'mark', 'natseqinfo', 'secmark'];
const events = exactNameList('an event', EVENTS);
const number = integer('a zone', 0, 65535);

/** @throws RuleError if the rule's packets cannot have the helper */
function assertHasHelper({ values }: RuleOption, { protocol, family }: RuleContext): void {
  const [name = ''] = values;
  const { protocols = [], isIPv4 = false } = HELPERS[name] ?? {};
  if (isIPv4 && family === 'ipv6') {
    throw new RuleError(`--helper ${name} is for IPv4 only`);
  }
  if (protocol === null || protocol.negated || !protocols.includes(protocol.value)) {
    throw new RuleError(`--helper ${name} needs -p ${protocols.map(showProtocol).join(' or -p ')}`);
  }
}

function zone(text: string): string {
  return text === 'mark' ? text : number(text);
}

/** iptables-extensions(8), CT, without --timeout: it needs an object that a world does not have. */
export const ct: TargetExtension = {
  stability: (options) => (options.some(({ values }) => values[0] === 'mark') ? 'mark' : 'packet'),
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  least: 0,
  most: 4,
  place: { tables: ['raw'] },
  alternatives: [
    ['--zone', '--zone-orig', '--zone-reply'],
    ['--notrack', '--helper'],
    ['--notrack', '--ctevents'],
    ['--notrack', '--expevents'],
    ...['--zone', '--zone-orig', '--zone-reply'].map((flag) => ['--notrack', flag]),
  ],
  options: [
    { flag: '--notrack', values: [], negatable: false },
    { flag: '--helper', values: [choice('a helper', Object.keys(HELPERS))], negatable: false },
    { flag: '--ctevents', values: [events], negatable: false },
    { flag: '--expevents', values: [exactNameList('an event', ['new'])], negatable: false },
    { flag: '--zone-orig', values: [zone], negatable: false, simplify: unlessDefault('0') },
    { flag: '--zone-reply', values: [zone], negatable: false, simplify: unlessDefault('0') },
    { flag: '--zone', values: [zone], negatable: false, simplify: unlessDefault('0') },
  ],
  assertFits(options, context) {
    const helper = options.find(({ flag }) => flag === '--helper');
    if (helper !== undefined) {
      assertHasHelper(helper, context);
    }
  },
};

/** iptables-extensions(8), NOTRACK. */
export const notrack: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'fate',
  isPlain: false,
  least: 0,
  most: 0,
  place: { tables: ['raw'] },
  options: [],
};

const mask = hex('a mask', 0xffffffff);
const COMMANDS = [...setMarkOptions.map(({ flag }) => flag), '--save-mark', '--restore-mark'];
const withMasks = withDefaults({ '--nfmask': '0xffffffff', '--ctmask': '0xffffffff' });

function isCopy(options: RuleOption[]): boolean {
  return options.some(({ flag }) => flag === '--save-mark' || flag === '--restore-mark');
}

/** The stability of CONNMARK. An earlier packet of the flow may have saved the mark that --restore-mark restores. */
function getStability(options: RuleOption[]): Stability {
  const has = (flag: string) => options.some((option) => option.flag === flag);
  return has('--restore-mark') ? 'moment' : has('--save-mark') ? 'mark' : 'packet';
}

/** iptables-extensions(8), CONNMARK. */
export const connmark: TargetExtension = {
  stability: getStability,
  verdict: 'continue',
  effect: 'mark',
  isPlain: false,
  least: 1,
  most: 3,
  alternatives: [COMMANDS, ['--mask', '--nfmask'], ['--mask', '--ctmask']],
  options: [
    ...setMarkOptions,
    { flag: '--save-mark', values: [], negatable: false },
    { flag: '--restore-mark', values: [], negatable: false },
    { flag: '--nfmask', values: [mask], negatable: false },
    { flag: '--ctmask', values: [mask], negatable: false },
    { flag: '--mask', values: [mask], negatable: false },
  ],
  complete(options) {
    const [both] = options.filter(({ flag }) => flag === '--mask');
    const split = both === undefined ? [] : ['--nfmask', '--ctmask'].map((flag) => ({ ...both, flag }));
    const given = [...options.filter(({ flag }) => flag !== '--mask'), ...split];
    return isCopy(options) ? withMasks(given) : given;
  },
  assertFits(options) {
    if (!options.some(({ flag }) => COMMANDS.includes(flag))) {
      throw new RuleError(`CONNMARK needs one of ${COMMANDS.join(', ')}`);
    }
    if (options.length > 1 && !isCopy(options)) {
      throw new RuleError('masks go with --save-mark and --restore-mark only: write VALUE/MASK');
    }
  },
};

/**
 * iptables-extensions(8), CONNSECMARK. It copies the security mark of a packet to its flow and back. In a world no packet has such a mark,
 * because SECMARK is refused.
 */
export const connsecmark: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: false,
  least: 1,
  most: 1,
  place: { tables: ['mangle', 'security'] },
  options: ['--save', '--restore'].map((flag) => ({ flag, values: [], negatable: false })),
};

/** A class of a queueing discipline: MAJOR:MINOR, both hexadecimal. */
function trafficClass(text: string): string {
  if (!/^[\da-f]{1,4}:[\da-f]{1,4}$/i.test(text)) {
    throw new RuleError(`"${text}" is not a class: write MAJOR:MINOR in hexadecimal`);
  }
  return text
    .toLowerCase()
    .split(':')
    .map((half) => half.padStart(4, '0'))
    .join(':');
}

/** iptables-extensions(8), CLASSIFY. */
export const classify: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'none',
  isPlain: false,
  least: 1,
  most: 1,
  place: { chains: ['FORWARD', 'OUTPUT', 'POSTROUTING'] },
  options: [{ flag: '--set-class', values: [trafficClass], negatable: false }],
};

/** iptables-extensions(8), MARK. */
export const mark: TargetExtension = {
  stability: 'packet',
  verdict: 'continue',
  effect: 'mark',
  isPlain: false,
  least: 1,
  most: 1,
  options: setMarkOptions,
};
