import { getInterfaceIndex } from './get-interface-index.js';
import { parseMac } from './parse-mac.js';
import type { RouteSocket } from './route-socket.js';
import { ADDRESS_FAMILIES, parsePrefix } from './socket-address.js';

// linux/rtnetlink.h, linux/neighbour.h
const RTM_NEWNEIGH = 28;
const NDA_DST = 1;
const NDA_LLADDR = 2;
const NDMSG_SIZE = 12;
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
