import type { Outcome } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import { relate } from './connections.js';
import { findOwnAddress, type Network } from './network.js';
import { hasFlag, isIcmpError, LO_MTU, makeIcmpError, makeTcp, type Packet, type TcpFlag, turn } from './packet.js';
import { type Unknown, unknown } from './answer.js';

interface IcmpRow {
  type: number;
  code: number;
  /** What a client of TCP or ICMP echo sees (ip(7), ICMP errors: icmp_err_convert in the kernel). */
  outcome: Outcome;
  /** Whether a connected UDP socket learns of it. */
  endsUdp: boolean;
}

/** The answers of REJECT (iptables-extensions(8)), but not tcp-reset. */
const ICMP_ERRORS: Record<string, IcmpRow> = {
  'icmp-net-unreachable': { type: 3, code: 0, outcome: 'unreachable', endsUdp: false },
  'icmp-host-unreachable': { type: 3, code: 1, outcome: 'unreachable', endsUdp: false },
  'icmp-proto-unreachable': { type: 3, code: 2, outcome: 'unreachable', endsUdp: true },
  'icmp-port-unreachable': { type: 3, code: 3, outcome: 'refused', endsUdp: true },
  'icmp-net-prohibited': { type: 3, code: 9, outcome: 'unreachable', endsUdp: true },
  'icmp-host-prohibited': { type: 3, code: 10, outcome: 'unreachable', endsUdp: true },
  'icmp-admin-prohibited': { type: 3, code: 13, outcome: 'unreachable', endsUdp: true },
  'icmp6-no-route': { type: 1, code: 0, outcome: 'unreachable', endsUdp: false },
  'icmp6-adm-prohibited': { type: 1, code: 1, outcome: 'unreachable', endsUdp: true },
  'icmp6-addr-unreachable': { type: 1, code: 3, outcome: 'unreachable', endsUdp: false },
  'icmp6-port-unreachable': { type: 1, code: 4, outcome: 'refused', endsUdp: true },
  'icmp6-policy-fail': { type: 1, code: 5, outcome: 'unreachable', endsUdp: true },
  'icmp6-reject-route': { type: 1, code: 6, outcome: 'unreachable', endsUdp: true },
};

/** The answer of the kernel to a datagram for a port without a listener. */
export const CLOSED_PORT: Record<Family, string> = { ipv4: 'icmp-port-unreachable', ipv6: 'icmp6-port-unreachable' };

/** The answer that REJECT sends; null if it sends none: no error answers an error, and no RST a RST. */
export function makeRefusal(packet: Packet, answer: string, network: Network): Packet | null | Unknown {
  const tracking = relate(packet);
  if (answer === 'tcp-reset') {
    const flags: TcpFlag[] = hasFlag(packet, 'ACK') ? ['RST'] : ['RST', 'ACK'];
    return hasFlag(packet, 'RST') ? null : makeTcp({ family: packet.family, ...turn(packet), tracking }, flags, LO_MTU, []);
  }
  if (isIcmpError(packet)) {
    return null;
  }
  const own = findOwnAddress(packet, network);
  return own === null ? unknown('the address of an ICMP error') : makeUnreachable(packet, answer, own, tracking);
}

/** An ICMP error from this address about a packet. */
export function makeUnreachable(packet: Packet, answer: string, from: string, tracking: Packet['tracking']): Packet {
  const { type, code } = getRow(answer);
  const ends = { source: { address: from, ports: null }, destination: { ...packet.source, ports: null } };
  return makeIcmpError({ family: packet.family, ...ends, tracking, sender: 'kernel' }, type, code, { ...packet });
}

/** What the client of a new connection, or of an echo, sees of the answer of a REJECT. */
export function getRefusalOutcome(answer: string): Outcome {
  return answer === 'tcp-reset' ? 'refused' : getRow(answer).outcome;
}

export function endsUdp(answer: string): boolean {
  return getRow(answer).endsUdp;
}

/** The answer with this code among those that say that a destination is unreachable; null if REJECT has none. */
export function findAnswer(family: Family, code: number): string | null {
  const type = family === 'ipv4' ? 3 : 1;
  return Object.keys(ICMP_ERRORS).find((answer) => getRow(answer).type === type && getRow(answer).code === code) ?? null;
}

function getRow(answer: string): IcmpRow {
  const row = ICMP_ERRORS[answer];
  if (row === undefined) {
    throw new Error(`REJECT has no answer ${answer}`);
  }
  return row;
}
