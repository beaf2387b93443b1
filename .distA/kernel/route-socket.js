import { InternalError } from '../errors.js';
import { getErrorName } from './libc.js';
import { makeMessage, NETLINK_ROUTE, NetlinkSocket, parseAttributes, readText, withAttributes } from './netlink.js';
// linux/netlink.h
const NLM_F_REQUEST_ACK = 0x1 | 0x4;
const NLM_F_CREATE_EXCL = 0x400 | 0x200;
const NLMSG_ERROR = 2;
const NLMSGERR_ATTR_MSG = 1;
/** What an answer repeats of its request before its attributes: the rest of nlmsgerr. */
const REPEATED_HEADER = 16;
/** Why the kernel refuses a change: the errno by its name, and its own words where it has some. */
class KernelRefusal extends Error {
    name = 'KernelRefusal';
}
/** Changes the calling thread's network namespace (rtnetlink(7)). In the process, for an ip(8) takes 5 to 10 ms a call. */
export class RouteSocket {
    #socket = new NetlinkSocket(NETLINK_ROUTE);
    constructor() {
        this.#socket.askForReasons();
    }
    /** Adds what must not be there yet. @throws KernelRefusal */
    add(type, header, attributes) {
        this.#request(type, NLM_F_CREATE_EXCL, header, attributes);
    }
    /** Removes what is there. @throws KernelRefusal */
    remove(type, header, attributes) {
        this.#request(type, 0, header, attributes);
    }
    close() {
        this.#socket.close();
    }
    #request(type, flags, header, attributes) {
        this.#socket.send(withAttributes(makeMessage(type, NLM_F_REQUEST_ACK | flags, header), attributes));
        // The kernel does its work, and answers, while send() runs.
        const received = this.#socket.receive();
        const [answer] = typeof received === 'string' ? [] : received;
        if (answer?.type !== NLMSG_ERROR) {
            throw new InternalError('the kernel did not answer a request to change the network');
        }
        if (answer.error !== 0) {
            const reason = readText(parseAttributes(answer.attributes.subarray(REPEATED_HEADER)), NLMSGERR_ATTR_MSG);
            throw new KernelRefusal([getErrorName(answer.error), reason].filter((part) => part !== '').join(': '));
        }
    }
}
