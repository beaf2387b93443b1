import { InternalError } from '../errors.js';
// The kernel's own ephemeral ports (net.ipv4.ip_local_port_range).
const FIRST = 32768;
const LAST = 60999;
/** Gives each probe of a world a client port of its own: what the trace shows of that port then belongs to that probe alone. */
export class PortAllocator {
    /** Those of servers, and those that a client has for its own. */
    #taken;
    #next = new Map();
    constructor(servers) {
        this.#taken = new Set(servers.flatMap(({ port, lastPort }) => Array.from({ length: lastPort - port + 1 }, (_, place) => port + place)));
    }
    /** Leaves out the ports that clients have for their own. */
    reserve(probes) {
        for (const { clientPort } of probes) {
            if (clientPort !== null) {
                this.#taken.add(clientPort);
            }
        }
    }
    /** @throws InternalError when the address has had all its ports */
    take(address, target) {
        let port = this.#next.get(address) ?? FIRST;
        while (this.#taken.has(port) || port === target) {
            port++;
        }
        if (port > LAST) {
            throw new InternalError(`client address ${address} has no port left: a port is used once, and there are ${LAST - FIRST + 1}; spread the probes over more addresses`);
        }
        this.#next.set(address, port + 1);
        return port;
    }
}
