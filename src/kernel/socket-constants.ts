// What several kinds of sockets have (bits/socket.h, bits/socket_type.h, asm-generic/socket.h).
import type { Family } from '../model/rule.js';

/** AF_INET and AF_INET6; Netfilter's NFPROTO_IPV4 and NFPROTO_IPV6 have the same numbers (linux/netfilter.h). */
export const ADDRESS_FAMILIES = { ipv4: 2, ipv6: 10 } as const satisfies Record<Family, number>;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;

export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_NONBLOCK = 0o4000;
export const SOCK_CLOEXEC = 0o2000000;

/** recv() gives a datagram's whole length, and says of one that had no room that it is cut. */
export const MSG_TRUNC = 0x20;
