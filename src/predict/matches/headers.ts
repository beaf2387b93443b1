import { flip, unknown } from '../world/answer.js';
import {
  combine,
  type Condition,
  hasBits,
  hasOption,
  isWithin,
  type MatchModel,
  readMasked,
  readOptions,
  readRange,
} from '../rule/condition.js';

function compareHops(flag: string): MatchModel {
  return (options) =>
    combine(
      readOptions(options, {
        [`${flag}-eq`]: (hops) => (packet) => packet.hops === Number(hops),
        [`${flag}-lt`]: (hops) => (packet) => packet.hops < Number(hops),
        [`${flag}-gt`]: (hops) => (packet) => packet.hops > Number(hops),
      }),
    );
}

export const ttl = compareHops('--ttl');
export const hl = compareHops('--hl');

export const dscp: MatchModel = (options) =>
  combine(readOptions(options, { '--dscp': (value) => (packet) => packet.tos >> 2 === Number(value) }));

export const tos: MatchModel = (options) =>
  combine(
    readOptions(options, {
      '--tos': (text = '') => {
        const masked = readMasked(text);
        return (packet) => hasBits(packet.tos, masked);
      },
    }),
  );

/**
 * No client of ours asks for ECN in its SYN (net.ipv4.tcp_ecn is 2). Of an IPv6 packet the match reads the second byte, as if it were IPv4
 * (match_ip in net/netfilter/xt_ecn.c): a part of the flow label.
 */
export const ecn: MatchModel = (options, family) =>
  combine(
    readOptions(options, {
      '--ecn-ip-ect': (value) => (packet) => (family === 'ipv6' ? unknown('a flow label') : (packet.tos & 3) === Number(value)),
      '--ecn-tcp-ece': () => () => false,
      '--ecn-tcp-cwr': () => () => false,
    }),
  );

export const length: MatchModel = (options) =>
  combine(
    options.map(({ negated, values: [text = ''] }): Condition => {
      const range = readRange(text);
      return (packet) => flip(isWithin(packet.length, range), negated);
    }),
  );

/**
 * net/ipv6/netfilter/ip6t_ipv6header.c. A packet of a probe has its protocol, and no extension header. `!` asks for other headers; with --soft
 * it asks that none of them is there.
 */
export const ipv6header: MatchModel = (options) => {
  const [headers] = options.filter(({ flag }) => flag === '--header');
  const names = headers?.values[0]?.split(',') ?? [];
  const isSoft = hasOption(options, '--soft');
  const holds = headers?.negated === true ? isSoft && !names.includes('protocol') : names.every((name) => name === 'protocol');
  return () => (headers?.negated === true && !isSoft ? names.join() !== 'protocol' : holds);
};

/** No packet of a probe has an extension header. */
export const extensionHeader: MatchModel = () => () => false;

/** Whether the source is made of the sender's Ethernet address, with fffe in its middle (RFC 4291, A). On lo that address is nothing. */
export const eui64: MatchModel =
  () =>
  ({ source }, { inInterface }) =>
    inInterface === 'lo' || source.address.slice(22, 26) !== 'fffe' ? false : unknown('eui64');
