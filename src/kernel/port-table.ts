import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { isPortHeld } from './is-port-held.js';

const CHUNK = 1 << 16;

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
