import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { call, callUnless, SystemCallError } from '../libc.js';
import { pauseThread } from '../pause.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_DGRAM } from '../socket-constants.js';

/** Encodes a sockaddr_in or sockaddr_in6 (ip(7), ipv6(7)). */
export function makeSocketAddress(family: Family, address: string, port: number): Buffer {
  const bytes = family === 'ipv4' ? address.split('.').map(Number) : ipaddr.parse(address).toByteArray();
  const result = Buffer.alloc(family === 'ipv4' ? 16 : 28);
  result.writeUInt16LE(ADDRESS_FAMILIES[family], 0);
  result.writeUInt16BE(port, 2);
  result.set(bytes, family === 'ipv4' ? 4 : 8);
  return result;
}

/** A UDP socket that is not bound, in the network namespace of the calling thread. */
export function makeUdpSocket(family: Family): number {
  return call('socket', ADDRESS_FAMILIES[family], SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

/**
 * How long a port may still be in use after its socket was closed. At a load of 15 to 25, 8 of 24 runs of a suite found a fixed port of UDP
 * in use. The likely holder is a child that another thread has just forked: it has copies of all sockets until it calls execve(2).
 */
const COPIES_LIMIT_MS = 500;
const PAUSE_MS = 1;

/** Gives a socket its address and port. @throws SystemCallError where the kernel refuses; the socket is then closed */
export function bindSocket(fd: number, family: Family, address: string, port: number): void {
  const local = makeSocketAddress(family, address, port);
  const started = performance.now();
  try {
    while (callUnless(['EADDRINUSE'], 'bind', fd, local, local.length) === null) {
      if (performance.now() - started > COPIES_LIMIT_MS) {
        throw new SystemCallError('bind', 'EADDRINUSE');
      }
      pauseThread(PAUSE_MS);
    }
  } catch (error) {
    call('close', fd);
    throw error;
  }
}

/** Parses an address with or without a prefix length. Without one, `length` is that of the whole address, in bits. */
export function parsePrefix(text: string): { family: Family; bytes: Buffer; length: number } {
  const [address = '', length] = text.split('/');
  const bytes = Buffer.from(ipaddr.parse(address).toByteArray());
  return { family: bytes.length === 4 ? 'ipv4' : 'ipv6', bytes, length: length === undefined ? bytes.length * 8 : Number(length) };
}
