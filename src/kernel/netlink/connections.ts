// TCP connections of the calling thread's network namespace (sock_diag(7), linux/inet_diag.h).
import { constants } from 'node:os';
import ipaddr from 'ipaddr.js';
import { InternalError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import { getErrorName, SystemCallError } from '../libc.js';
import { NLM_F_ACK, NLM_F_DUMP, NLM_F_REQUEST } from './constants.js';
import { makeMessage } from './message.js';
import { NetlinkSocket } from './socket.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';

const NETLINK_SOCK_DIAG = 4;
const SOCK_DIAG_BY_FAMILY = 20;
const SOCK_DESTROY = 21;
const IPPROTO_TCP = 6;
/** inet_diag_req_v2: family, protocol, extensions, padding, states (u32), and inet_diag_sockid, which has 48 bytes. */
const REQUEST_BYTES = 56;
const STATES_AT = 4;
const REQUEST_ID_AT = 8;
/** inet_diag_msg: family, state, timer, retransmissions, and inet_diag_sockid: the ports, the two addresses, the interface, the cookie. */
const ID_AT = 4;
const ID_BYTES = 48;
const ADDRESSES_AT = 4;
const ADDRESS_BYTES = 16;
/** nfgenmsg, which MessageBody leaves out, has as many bytes as the beginning of inet_diag_msg. */
const BEGINNING = 4;
/** States of sockets (net/tcp_states.h): those of a connection from ESTABLISHED on, without TIME_WAIT; and of a listener. */
const STATES = { connected: (1 << 1) | (1 << 4) | (1 << 5) | (1 << 8) | (1 << 9) | (1 << 11), listening: 1 << 10 };

/** One end of a connection. */
export interface ConnectionEnd {
  family: Family;
  local: { address: string; port: number };
  remote: { address: string; port: number };
}

/** A socket. A connection within the namespace has two. */
export interface ListedSocket extends ConnectionEnd {
  /** The kernel's name of it: inet_diag_sockid. */
  id: Buffer;
  /** The family of the socket. It differs from that of the connection where a socket of IPv6 talks IPv4. */
  socketFamily: Family;
}

/** All TCP sockets in a state; null where the kernel lists none: it has no CONFIG_INET_DIAG. */
export function listSockets(state: keyof typeof STATES): ListedSocket[] | null {
  const socket = openSocket();
  if (socket === null) {
    return null;
  }
  const found: ListedSocket[] = [];
  try {
    for (const family of ['ipv4', 'ipv6'] as const) {
      const request = makeRequest(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP, family, { states: STATES[state] });
      socket.dump(request, SOCK_DIAG_BY_FAMILY, ({ bytes, start }) => {
        found.push(readSocket(family, Buffer.from(bytes.subarray(start - BEGINNING + ID_AT, start - BEGINNING + ID_AT + ID_BYTES))));
      });
    }
  } finally {
    socket.close();
  }
  return found;
}

/**
 * Ends a socket, as `ss -K` does. The peer of a connection gets a RST, the owner ECONNABORTED.
 * @returns false where the kernel cannot do it: it has no CONFIG_INET_DIAG_DESTROY, or no CONFIG_INET_DIAG
 */
export function endSocket({ socketFamily, id }: ListedSocket): boolean {
  const socket = openSocket();
  if (socket === null) {
    return false;
  }
  try {
    socket.send(makeRequest(SOCK_DESTROY, NLM_F_REQUEST | NLM_F_ACK, socketFamily, { id }));
    const received = socket.receive();
    const error = typeof received === 'string' ? -1 : (received[0]?.error ?? -1);
    if (error === 0 || error === constants.errno.ENOENT) {
      return true; // ENOENT: it has ended by itself meanwhile
    }
    if (error === constants.errno.EOPNOTSUPP || error === constants.errno.EINVAL) {
      return false;
    }
    throw new InternalError(`a socket cannot be ended: ${error < 0 ? 'no answer' : getErrorName(error)}`);
  } finally {
    socket.close();
  }
}

/** null where the kernel has no sock_diag at all. */
function openSocket(): NetlinkSocket | null {
  try {
    return new NetlinkSocket(NETLINK_SOCK_DIAG);
  } catch (error) {
    if (error instanceof SystemCallError && error.errno === 'EPROTONOSUPPORT') {
      return null;
    }
    throw error;
  }
}

function makeRequest(type: number, flags: number, family: Family, { states = 0, id }: { states?: number; id?: Buffer }): Buffer {
  const request = Buffer.alloc(REQUEST_BYTES);
  request.writeUInt8(ADDRESS_FAMILIES[family], 0);
  request.writeUInt8(IPPROTO_TCP, 1);
  request.writeUInt32LE(states, STATES_AT);
  id?.copy(request, REQUEST_ID_AT);
  return makeMessage(type, flags, request);
}

function readSocket(socketFamily: Family, id: Buffer): ListedSocket {
  const [local, remote] = [0, 1].map((place) => {
    const start = ADDRESSES_AT + place * ADDRESS_BYTES;
    const bytes = id.subarray(start, start + (socketFamily === 'ipv4' ? 4 : ADDRESS_BYTES));
    // An address of IPv4 in a socket of IPv6 (::ffff:127.0.0.1) becomes one of IPv4.
    const address = ipaddr.process(ipaddr.fromByteArray([...bytes]).toString());
    return { address: address.toString(), port: id.readUInt16BE(place * 2) };
  }) as [ListedSocket['local'], ListedSocket['remote']];
  return { family: local.address.includes(':') ? 'ipv6' : 'ipv4', local, remote, id, socketFamily };
}
