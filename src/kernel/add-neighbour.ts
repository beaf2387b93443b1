import { getInterfaceIndex } from './get-interface-index.js';
import { NDA_DST, NDMSG_SIZE, RTM_NEWNEIGH } from './netlink-constants.js';
import { parseMac } from './parse-mac.js';
import type { RouteSocket } from './route-socket.js';
import { parsePrefix } from './socket-address.js';
import { ADDRESS_FAMILIES } from './socket-constants.js';

// linux/rtnetlink.h, linux/neighbour.h
const NDA_LLADDR = 2;
const NUD_PERMANENT = 0x80;

/**
 * Adds a permanent neighbour entry to an interface of the calling thread's network namespace (ip-neighbour(8)). With it the kernel sends no
 * ARP request or neighbour solicitation for the address.
 * @throws KernelRefusal
 */
export function addNeighbour(prefix: string, device: string, mac: string, socket: RouteSocket): void {
  const { family, bytes } = parsePrefix(prefix);
  const header = Buffer.alloc(NDMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeInt32LE(getInterfaceIndex(device), 4);
  header.writeUInt16LE(NUD_PERMANENT, 8);
  socket.add(RTM_NEWNEIGH, header, [
    [NDA_DST, bytes],
    [NDA_LLADDR, parseMac(mac)],
  ]);
}
