import type { Family } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH } from '../../extension.js';
import { integer, range } from '../../values/numbers.js';
import { dscpOptions, tos as value } from '../../values/service.js';

/** iptables-extensions(8), ecn. */
export const ecn: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  least: 1,
  most: 3,
  options: [
    { flag: '--ecn-tcp-ece', values: [], negatable: true },
    { flag: '--ecn-tcp-cwr', values: [], negatable: true },
    { flag: '--ecn-ip-ect', values: [integer('a codepoint', 0, 3)], negatable: true },
  ],
  assertFits(options, { protocol }) {
    const ofTcp = options.find(({ flag }) => flag.startsWith('--ecn-tcp'));
    if (ofTcp !== undefined && (protocol?.value !== 'tcp' || protocol.negated)) {
      throw new RuleError(`${ofTcp.flag} needs -p tcp`);
    }
  },
};

/** iptables-extensions(8), hl. */
export const hl = compareHops('ipv6', '--hl', 'a hop limit');

/** iptables-extensions(8), ttl. */
export const ttl = compareHops('ipv4', '--ttl', 'a time to live');

function compareHops(family: Family, flag: string, what: string): MatchExtension {
  const hops = integer(what, 0, 255);
  return {
    ...USUAL_MATCH,
    stability: 'packet',
    families: [family],
    least: 1,
    most: 1,
    options: [
      { flag: `${flag}-eq`, aliases: [flag], values: [hops], negatable: true },
      { flag: `${flag}-lt`, values: [hops], negatable: false },
      { flag: `${flag}-gt`, values: [hops], negatable: false },
    ],
  };
}

/** iptables-extensions(8), dscp. */
export const dscp: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 1,
  options: dscpOptions('--dscp', true),
};

/** iptables-extensions(8), tos. */
export const tos: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  least: 1,
  most: 1,
  options: [{ flag: '--tos', values: [value], negatable: true }],
};

/** iptables-extensions(8), length. */
export const length: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'segment',
  least: 1,
  most: 1,
  options: [{ flag: '--length', ...range('a length', 0, 65535), negatable: true }],
};
