import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { call, callUnless } from '../libc.js';
import { makeInt } from '../netlink/message.js';
import { makeSocketAddress, makeUdpSocket } from './address.js';

/** A connect(2) of UDP sends nothing, and needs a port. Port 9 is discard (RFC 863). */
const ANY_PORT = 9;
/** No route leads to the address, or no address can be its source. */
const UNREACHED = ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EACCES', 'EINVAL'];

/**
 * The address that the kernel gives to a socket without one that connects to `address`, in the calling thread's network namespace; null if
 * it finds none.
 */
export function findSource(family: Family, address: string): string | null {
  const fd = makeUdpSocket(family);
  try {
    const to = makeSocketAddress(family, address, ANY_PORT);
    if (callUnless(UNREACHED, 'connect', fd, to, to.length) === null) {
      return null;
    }
    const own = Buffer.alloc(to.length);
    call('getsockname', fd, own, makeInt(own.length));
    const bytes = family === 'ipv4' ? own.subarray(4, 8) : own.subarray(8, 24);
    return ipaddr.fromByteArray([...bytes]).toString();
  } finally {
    call('close', fd);
  }
}
