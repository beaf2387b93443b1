import { all, any, flip } from '../world/answer.js';
import { combine, type Condition, isWithin, type MatchModel, readOptions, readRange } from '../rule/condition.js';
import { isPortWithin } from '../world/network.js';
import type { Packet, TcpFlag } from '../world/packet.js';

type Side = 'source' | 'destination';

function readPorts(of: Side) {
  return (text = ''): Condition => {
    const range = readRange(text);
    return (packet) => isPortWithin(packet[of].ports, range);
  };
}

const PORTS = { '--sport': readPorts('source'), '--dport': readPorts('destination') };

/** FIN,SYN,RST,ACK SYN: of the first list exactly the second are set. */
function readFlags(mask = '', set = ''): Condition {
  const [asked, wanted] = [mask, set].map((list) => (list === 'NONE' ? [] : list.split(',')) as TcpFlag[]);
  return ({ content }) => content.kind === 'tcp' && (asked ?? []).every((flag) => content.flags.includes(flag) === wanted?.includes(flag));
}

export const tcp: MatchModel = (options) =>
  combine(
    readOptions(options, {
      ...PORTS,
      '--tcp-flags': readFlags,
      '--tcp-option':
        (kind) =>
        ({ content }) =>
          content.kind === 'tcp' && content.options.includes(Number(kind)),
    }),
  );

export const udp: MatchModel = (options) => combine(readOptions(options, PORTS));

export const multiport: MatchModel = (options) => {
  const read =
    (...sides: Side[]) =>
    (list: string): Condition => {
      const ranges = list.split(',').map((text) => readRange(text));
      return (packet) => any(sides.flatMap((side) => ranges.map((range) => isPortWithin(packet[side].ports, range))));
    };
  return combine(
    readOptions(options, { '--sports': read('source'), '--dports': read('destination'), '--ports': read('source', 'destination') }),
  );
};

/** A packet without the option matches only if the rule has `!` (net/netfilter/xt_tcpmss.c). */
export const tcpmss: MatchModel = (options) =>
  combine(
    readOptions(options, {
      '--mss': (text = '') => {
        const range = readRange(text);
        return ({ content }) => content.kind === 'tcp' && content.mss !== null && isWithin(content.mss, range);
      },
    }),
  );

/** It matches only where a program has loaded fingerprints into the kernel. */
export const osf: MatchModel = () => () => false;

/** No packet of a probe has these protocols: -p has ended the question before. */
export const otherProtocol: MatchModel = () => () => false;

/** TYPE or TYPE/CODE, or any. */
function isMessage({ content }: Packet, [type, code]: [type: string, code: string | undefined]): boolean {
  return (
    content.kind === 'icmp' && (type === 'any' || (content.type === Number(type) && (code === undefined || content.code === Number(code))))
  );
}

export const icmp: MatchModel = (options) =>
  combine(
    options.map(({ negated, values: [value = ''] }): Condition => {
      const [type = '', code] = value.split('/');
      return (packet) => flip(all([packet.content.kind === 'icmp', isMessage(packet, [type, code])]), negated);
    }),
  );
