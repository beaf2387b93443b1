import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { call } from '../libc.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';

/** Encodes a sockaddr_in or sockaddr_in6 (ip(7), ipv6(7)). */
export function makeSocketAddress(family: Family, address: string, port: number): Buffer {
  const bytes = family === 'ipv4' ? address.split('.').map(Number) : ipaddr.parse(address).toByteArray();
  const result = Buffer.alloc(family === 'ipv4' ? 16 : 28);
  result.writeUInt16LE(ADDRESS_FAMILIES[family], 0);
  result.writeUInt16BE(port, 2);
  result.set(bytes, family === 'ipv4' ? 4 : 8);
  return result;
}

/** Gives a socket its address and port. @throws SystemCallError where the kernel refuses; the socket is then closed */
export function bindSocket(fd: number, family: Family, address: string, port: number): void {
  const local = makeSocketAddress(family, address, port);
  try {
    call('bind', fd, local, local.length);
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
