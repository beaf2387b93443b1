import { NDA_DST, NDMSG_SIZE, NETLINK_ROUTE, NLM_F_DUMP, NLM_F_REQUEST, RTM_NEWNEIGH } from '../netlink/constants.js';
import { makeMessage, parseAttributes } from '../netlink/message.js';
import { NetlinkSocket } from '../netlink/socket.js';
import type { Family } from '../../model/rule.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import { parsePrefix } from '../sockets/address.js';
import { getInterfaceIndex, parseMac } from './links.js';
import { type RouteSocket, withRouteSocket } from './rtnetlink.js';

// linux/netlink.h, linux/rtnetlink.h, linux/neighbour.h
const RTM_DELNEIGH = 29;
const RTM_GETNEIGH = 30;
const NDA_LLADDR = 2;
/** Multicast groups. */
const NUD_NOARP = 0x40;
/** Entries that were added. */
const NUD_PERMANENT = 0x80;

/**
 * Deletes the learned IPv6 neighbours in the calling thread's network namespace. The next packet to one starts neighbour discovery again
 * (RFC 4861).
 */
export function forgetNeighbours(): void {
  forget('ipv6', NUD_NOARP | NUD_PERMANENT);
}

/** Deletes the IPv4 neighbours, also those that were added. The next packet to one sends an ARP request (RFC 826). */
export function forgetAddedNeighbours(): void {
  forget('ipv4', NUD_NOARP);
}

/** @param kept the states of the entries that stay */
function forget(family: Family, kept: number): void {
  withRouteSocket((socket) => {
    for (const { index, address } of listNeighbours(family, kept)) {
      socket.remove(RTM_DELNEIGH, makeHeader(family, index), [[NDA_DST, address]]);
    }
  });
}

function listNeighbours(family: Family, kept: number): { index: number; address: Buffer }[] {
  const socket = new NetlinkSocket(NETLINK_ROUTE);
  try {
    const neighbours: { index: number; address: Buffer }[] = [];
    socket.dump(makeMessage(RTM_GETNEIGH, NLM_F_REQUEST | NLM_F_DUMP, makeHeader(family, 0)), RTM_NEWNEIGH, ({ bytes, start, end }) => {
      const behindFamily = bytes.subarray(start, end);
      const address = parseAttributes(behindFamily.subarray(NDMSG_SIZE - 4)).get(NDA_DST);
      if (address !== undefined && (behindFamily.readUInt16LE(4) & kept) === 0) {
        neighbours.push({ index: behindFamily.readInt32LE(0), address: Buffer.from(address) });
      }
    });
    return neighbours;
  } finally {
    socket.close();
  }
}

function makeHeader(family: Family, index: number): Buffer {
  const header = Buffer.alloc(NDMSG_SIZE);
  header.writeUInt8(ADDRESS_FAMILIES[family], 0);
  header.writeInt32LE(index, 4);
  return header;
}

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
