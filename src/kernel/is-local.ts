import { RTA_DST, RTMSG_SIZE } from './netlink-constants.js';
import type { RouteSocket } from './route-socket.js';
import { parsePrefix } from './socket-address.js';
import { ADDRESS_FAMILIES } from './socket-constants.js';

// linux/rtnetlink.h
const RTM_GETROUTE = 26;
const RTMSG_TYPE = 7;
const RTN_LOCAL = 2;

/**
 * Whether the kernel delivers packets for an address locally, in the calling thread's network namespace. An IPv6 address can be bound
 * before it has its route, which a kernel thread adds (addrconf). Until then packets to the address are lost.
 */
export function isLocal(address: string, socket: RouteSocket): boolean {
  const { family, bytes } = parsePrefix(address);
  const header = Buffer.alloc(RTMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeUInt8(bytes.length * 8, 1);
  return socket.get(RTM_GETROUTE, header, [[RTA_DST, bytes]])?.[RTMSG_TYPE] === RTN_LOCAL;
}
