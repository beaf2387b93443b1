import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';
import ipaddr from 'ipaddr.js';

const CHUNK = 1 << 16;

/** The state of a server in the column st (net/tcp_states.h). tcp: TCP_LISTEN. udp: TCP_CLOSE, which an unconnected UDP socket has. */
const STATES = { tcp: '0A', udp: '07' } as const;

/**
 * The bound ports of a network namespace (proc_net(5)): that of the calling thread when the object was made. Reading the table does not
 * disturb a server; a connection would.
 */
export class PortTable {
  readonly #protocol: 'tcp' | 'udp';
  /** An open file keeps its namespace when the thread enters another. */
  readonly #descriptors: number[];

  constructor(protocol: 'tcp' | 'udp') {
    this.#protocol = protocol;
    const paths = [protocol, `${protocol}6`].map((name) => `/proc/thread-self/net/${name}`);
    this.#descriptors = paths.filter((path) => existsSync(path)).map((path) => openSync(path, 'r'));
  }

  /** Whether a socket listens (tcp) or is bound (udp) on a port, at the address or at the wildcard address. */
  isHeld(address: string, port: number): boolean {
    return this.#descriptors.some((descriptor) => isPortHeld(readAll(descriptor), this.#protocol, address, port));
  }

  close(): void {
    this.#descriptors.splice(0).forEach((descriptor) => closeSync(descriptor));
  }
}

/** Reads the whole file. At position 0 the kernel makes its content anew. */
function readAll(descriptor: number): string {
  const chunks: Buffer[] = [];
  for (let position = 0; ;) {
    const chunk = Buffer.alloc(CHUNK);
    const length = readSync(descriptor, chunk, 0, CHUNK, position);
    if (length === 0) {
      return Buffer.concat(chunks).toString('latin1');
    }
    chunks.push(chunk.subarray(0, length));
    position += length;
  }
}

/** Whether a table of /proc/net (tcp, tcp6, udp, udp6) has a server on a port, at the address or at the wildcard address. */
function isPortHeld(table: string, protocol: 'tcp' | 'udp', address: string, port: number): boolean {
  const places = listPlaces(address).map((place) => `${place}:${port.toString(16).toUpperCase().padStart(4, '0')}`);
  return table.split('\n').some((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    return state === STATES[protocol] && places.includes(local);
  });
}

/**
 * The local addresses of servers that receive packets for an address, as the tables write them: the address and the wildcard addresses. For
 * IPv4 they include those of IPv6 sockets, which can receive both families (IPV6_V6ONLY).
 */
function listPlaces(address: string): string[] {
  const parsed = ipaddr.parse(address);
  const addresses = parsed instanceof ipaddr.IPv4 ? [parsed, ipaddr.IPv4.parse('0.0.0.0'), parsed.toIPv4MappedAddress()] : [parsed];
  return [...addresses, ipaddr.IPv6.parse('::')].map((each) => toHex(each.toByteArray()));
}

/** The address as 32-bit words in this machine's byte order. */
function toHex(bytes: number[]): string {
  const words = Array.from({ length: bytes.length / 4 }, (_, place) => bytes.slice(place * 4, place * 4 + 4));
  return words
    .flatMap((word) => (endianness() === 'LE' ? word.toReversed() : word))
    .map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
    .join('');
}
