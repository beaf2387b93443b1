import { IFINFOMSG_SIZE } from './netlink-constants.js';
import { makeAttributes, makeInt, makeText, type AttributeList } from './netlink-message.js';
import { parseMac } from './parse-mac.js';
import type { RouteSocket } from './route-socket.js';

// linux/rtnetlink.h, linux/if_link.h, linux/veth.h
const RTM_NEWLINK = 16;
const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_LINKINFO = 18;
const IFLA_NET_NS_FD = 28;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const VETH_INFO_PEER = 1;

/** One end of a pair. */
export interface VethEnd {
  name: string;
  /** Its link-layer address. Without one the kernel chooses it. */
  mac?: string;
}

export interface Peer extends VethEnd {
  /** A descriptor of the network namespace for this end. Without one it is the calling thread's namespace. */
  namespace?: number;
}

/**
 * Makes a pair of virtual interfaces (veth(4)). `end` is in the calling thread's network namespace. Both ends are down. The kernel removes
 * the pair with the network namespace of either end.
 * @throws KernelRefusal
 */
export function addVeth(end: VethEnd, peer: Peer, socket: RouteSocket): void {
  const peerAttributes = describeEnd(peer);
  if (peer.namespace !== undefined) {
    peerAttributes.push([IFLA_NET_NS_FD, makeInt(peer.namespace)]);
  }
  const peerInfo = Buffer.concat([Buffer.alloc(IFINFOMSG_SIZE), makeAttributes(peerAttributes)]);
  const info = makeAttributes([
    [IFLA_INFO_KIND, makeText('veth')],
    [IFLA_INFO_DATA, makeAttributes([[VETH_INFO_PEER, peerInfo]])],
  ]);
  socket.add(RTM_NEWLINK, Buffer.alloc(IFINFOMSG_SIZE), [...describeEnd(end), [IFLA_LINKINFO, info]]);
}

function describeEnd({ name, mac }: VethEnd): AttributeList {
  return [[IFLA_IFNAME, makeText(name)], ...(mac === undefined ? [] : [[IFLA_ADDRESS, parseMac(mac)] as [number, Buffer]])];
}
