import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { isPortHeld } from './is-port-held.js';
const CHUNK = 1 << 16;
/**
 * The ports that are held in the network namespace that the calling thread was in when this was made (proc_net(5)). To look disturbs
 * nobody, as a connection would.
 */
export class PortTable {
    #protocol;
    /** An open file stays with its namespace, whatever the thread enters later. */
    #descriptors;
    constructor(protocol) {
        this.#protocol = protocol;
        const paths = [protocol, `${protocol}6`].map((name) => `/proc/thread-self/net/${name}`);
        this.#descriptors = paths.filter((path) => existsSync(path)).map((path) => openSync(path, 'r'));
    }
    /** Whether somebody listens there (tcp) or has bound it (udp), if need be on every address. */
    isHeld(address, port) {
        return this.#descriptors.some((descriptor) => isPortHeld(readAll(descriptor), this.#protocol, address, port));
    }
    close() {
        this.#descriptors.splice(0).forEach((descriptor) => closeSync(descriptor));
    }
}
/** From its beginning, each time: the kernel makes such a file anew then. */
function readAll(descriptor) {
    const chunks = [];
    for (let position = 0;;) {
        const chunk = Buffer.alloc(CHUNK);
        const length = readSync(descriptor, chunk, 0, CHUNK, position);
        if (length === 0) {
            return Buffer.concat(chunks).toString('latin1');
        }
        chunks.push(chunk.subarray(0, length));
        position += length;
    }
}
