import { call } from '../libc.js';
import { IFINFOMSG_SIZE } from '../netlink/constants.js';
import { type AttributeList, makeAttributes, makeInt, makeText, parseAttributes, readText } from '../netlink/message.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_DGRAM } from '../socket-constants.js';
import { type RouteSocket, withRouteSocket } from './rtnetlink.js';

// linux/rtnetlink.h, linux/if_link.h (bridges too), linux/veth.h
const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_MTU = 4;
const IFLA_QDISC = 6;
const IFLA_MASTER = 10;
const IFLA_OPERSTATE = 16;
const IFLA_LINKINFO = 18;
const IFLA_NET_NS_FD = 28;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const VETH_INFO_PEER = 1;
const IFLA_BR_MCAST_SNOOPING = 23;

// linux/sockios.h, linux/if.h
const IF_OPER_UP = 6;
const SIOCGIFFLAGS = 0x8913;
const SIOCSIFFLAGS = 0x8914;
const SIOCGIFINDEX = 0x8933;
const IFF_UP = 0x1;
const IFREQ_SIZE = 40;
const IFNAMSIZ = 16;

/** One end of a pair. */
export interface VethEnd {
  name: string;
  /** Its link-layer address. Without one the kernel chooses it. */
  mac?: string;
  /** null or left out: the kernel's default. */
  mtu?: number | null;
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

/**
 * Makes a bridge without ports, which is down (ip-link(8)). It sends every multicast packet to all ports, and asks nobody for groups.
 * Without the spanning tree protocol, the default, a port forwards as soon as it is up.
 * @throws KernelRefusal
 */
export function addBridge(end: VethEnd, socket: RouteSocket): void {
  const info = makeAttributes([
    [IFLA_INFO_KIND, makeText('bridge')],
    [IFLA_INFO_DATA, makeAttributes([[IFLA_BR_MCAST_SNOOPING, Buffer.from([0])]])],
  ]);
  socket.add(RTM_NEWLINK, Buffer.alloc(IFINFOMSG_SIZE), [...describeEnd(end), [IFLA_LINKINFO, info]]);
}

/** Makes an interface a port of a bridge. @throws KernelRefusal */
export function setMaster(port: string, bridge: string, socket: RouteSocket): void {
  const header = Buffer.alloc(IFINFOMSG_SIZE);
  header.writeInt32LE(getInterfaceIndex(port), 4);
  socket.change(RTM_NEWLINK, header, [[IFLA_MASTER, makeInt(getInterfaceIndex(bridge))]]);
}

/** Sets the longest packet of an interface of the calling thread's network namespace, in bytes. @throws KernelRefusal */
export function setMtu(name: string, mtu: number): void {
  const header = Buffer.alloc(IFINFOMSG_SIZE);
  header.writeInt32LE(getInterfaceIndex(name), 4);
  withRouteSocket((socket) => socket.change(RTM_NEWLINK, header, [[IFLA_MTU, makeInt(mtu)]]));
}

function describeEnd({ name, mac, mtu = null }: VethEnd): AttributeList {
  const attributes: AttributeList = [[IFLA_IFNAME, makeText(name)]];
  if (mac !== undefined) {
    attributes.push([IFLA_ADDRESS, parseMac(mac)]);
  }
  if (mtu !== null) {
    attributes.push([IFLA_MTU, makeInt(mtu)]);
  }
  return attributes;
}

/** Brings up an interface of the calling thread's network namespace (netdevice(7)). In a new namespace lo is down. */
export function bringUp(interfaceName: string): void {
  changeFlags(interfaceName, (flags) => flags | IFF_UP);
}

/** Takes an interface down. Its IPv4 addresses stay; all routes through it are removed. */
export function takeDown(interfaceName: string): void {
  changeFlags(interfaceName, (flags) => flags & ~IFF_UP);
}

function changeFlags(interfaceName: string, change: (flags: number) => number): void {
  requestOfInterface(interfaceName, (send, ifreq) => {
    send(SIOCGIFFLAGS);
    ifreq.writeUInt16LE(change(ifreq.readUInt16LE(IFNAMSIZ)), IFNAMSIZ);
    send(SIOCSIFFLAGS);
  });
}

/**
 * Reads or changes an interface of the calling thread's network namespace. The ioctl(2) requests of `work` share one ifreq (netdevice(7)).
 */
function requestOfInterface<Answer>(name: string, work: (send: (request: number) => void, ifreq: Buffer) => Answer): Answer {
  const socket = call('socket', ADDRESS_FAMILIES.ipv4, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  try {
    const ifreq = Buffer.alloc(IFREQ_SIZE);
    ifreq.write(name, 0, IFNAMSIZ - 1, 'latin1');
    return work((request) => call('ioctl', socket, request, ifreq), ifreq);
  } finally {
    call('close', socket);
  }
}

/**
 * Whether an interface sends and receives all its packets. The kernel notices a carrier later than the system call that made it (linkwatch),
 * after up to a second. Before that, two things may be missing, and neither the flags nor the addresses show it:
 * - The qdisc is noop, which drops everything, where an interface was brought up before its peer.
 * - There is no route ff00::/8 where the interface was brought up after its peer. The host then discards neighbour solicitations, and for who
 *   asks, it looks like an address that nobody has. With 8 busy loops beside 8 worlds, this was so in 5 of 100 worlds.
 */
export function isReady(interfaceName: string, socket: RouteSocket): boolean {
  const header = Buffer.alloc(IFINFOMSG_SIZE);
  header.writeInt32LE(getInterfaceIndex(interfaceName), 4);
  const link = socket.get(RTM_GETLINK, header, []);
  const attributes = link === null ? null : parseAttributes(link.subarray(IFINFOMSG_SIZE));
  return attributes !== null && readText(attributes, IFLA_QDISC) !== 'noop' && attributes.get(IFLA_OPERSTATE)?.[0] === IF_OPER_UP;
}

/** The index of an interface in the calling thread's network namespace (netdevice(7)). */
export function getInterfaceIndex(name: string): number {
  return requestOfInterface(name, (send, ifreq) => {
    send(SIOCGIFINDEX);
    return ifreq.readInt32LE(IFNAMSIZ);
  });
}

/** The name of an interface in the calling thread's network namespace; null if none has this index. */
export function getInterfaceName(index: number, socket: RouteSocket): string | null {
  const header = Buffer.alloc(IFINFOMSG_SIZE);
  header.writeInt32LE(index, 4);
  const link = socket.get(RTM_GETLINK, header, []);
  return link === null ? null : readText(parseAttributes(link.subarray(IFINFOMSG_SIZE)), IFLA_IFNAME);
}

/** The six bytes of a link-layer address such as 02:00:00:00:00:01. */
export function parseMac(mac: string): Buffer {
  return Buffer.from(mac.replaceAll(':', ''), 'hex');
}
