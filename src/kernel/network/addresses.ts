import type { ExtraAddress } from '../../model/scenario.js';
import { RTA_DST, RTMSG_SIZE, SCOPES } from '../netlink/constants.js';
import { makeInt, makeText } from '../netlink/message.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import { parsePrefix } from '../sockets/address.js';
import { getInterfaceIndex } from './links.js';
import type { RouteSocket } from './rtnetlink.js';

// linux/rtnetlink.h, linux/if_addr.h
const RTM_NEWADDR = 20;
const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const IFA_LABEL = 3;
const IFA_FLAGS = 8;
/** Skips duplicate address detection. With the detection, an IPv6 address cannot be bound for one or two seconds. */
const IFA_F_NODAD = 0x02;
const RTM_GETROUTE = 26;
const RTMSG_TYPE = 7;
const RTN_LOCAL = 2;

/** Adds an address to an interface of the calling thread's network namespace (ip-address(8)). @throws KernelRefusal */
export function addAddress({ address, interface: name, label }: ExtraAddress, socket: RouteSocket): void {
  const { family, bytes, length } = parsePrefix(address);
  const header = Buffer.alloc(8);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeUInt8(length, 1);
  header.writeUInt8(family === 'ipv4' && bytes[0] === 127 ? SCOPES.host : SCOPES.universe, 3);
  header.writeUInt32LE(getInterfaceIndex(name), 4);
  socket.add(RTM_NEWADDR, header, [
    [IFA_LOCAL, bytes],
    [IFA_ADDRESS, bytes],
    ...(label === null ? [] : [[IFA_LABEL, makeText(label)] as [number, Buffer]]),
    ...(family === 'ipv6' ? [[IFA_FLAGS, makeInt(IFA_F_NODAD)] as [number, Buffer]] : []),
  ]);
}

/**
 * Whether the kernel delivers packets for an address locally, in the calling thread's network namespace. An IPv6 address can be bound
 * before it has its route, which a kernel thread adds (addrconf). Until then packets to the address are lost.
 */
export function isLocal(address: string, socket: RouteSocket): boolean {
  return readRouteType(address, socket) === RTN_LOCAL;
}

/** Whether the calling thread's network namespace has a route to an address, which is not its own. */
export function isElsewhere(address: string, socket: RouteSocket): boolean {
  const type = readRouteType(address, socket);
  return type !== null && type !== RTN_LOCAL;
}

function readRouteType(address: string, socket: RouteSocket): number | null {
  const { family, bytes } = parsePrefix(address);
  const header = Buffer.alloc(RTMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeUInt8(bytes.length * 8, 1);
  return socket.get(RTM_GETROUTE, header, [[RTA_DST, bytes]])?.[RTMSG_TYPE] ?? null;
}
