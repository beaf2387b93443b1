import { InternalError } from '../errors.js';
import { getErrorName } from './libc.js';
import { NETLINK_ROUTE, NLMSG_ERROR, NLM_F_ACK, NLM_F_CREATE_EXCL, NLM_F_REQUEST } from './netlink-constants.js';
import { makeMessage, parseAttributes, readText, withAttributes, type AttributeList, type NetlinkMessage } from './netlink-message.js';
import { NetlinkSocket } from './netlink.js';

// linux/netlink.h
const NLMSGERR_ATTR_MSG = 1;
/** What an answer repeats of its request before its attributes: the rest of nlmsgerr. */
const REPEATED_HEADER = 16;

/** Why the kernel refuses a change: the errno by its name, and its own words where it has some. */
class KernelRefusal extends Error {
  override name = 'KernelRefusal';
}

/** Changes the calling thread's network namespace (rtnetlink(7)). In the process, for an ip(8) takes 5 to 10 ms a call. */
export class RouteSocket {
  readonly #socket = new NetlinkSocket(NETLINK_ROUTE);

  constructor() {
    this.#socket.askForReasons();
  }

  /** Adds what must not be there yet. @throws KernelRefusal */
  add(type: number, header: Buffer, attributes: AttributeList): void {
    this.#request(type, NLM_F_CREATE_EXCL, header, attributes);
  }

  /** Removes what is there. @throws KernelRefusal */
  remove(type: number, header: Buffer, attributes: AttributeList): void {
    this.#request(type, 0, header, attributes);
  }

  /** What the kernel says of one thing, from its own header on; null where it knows none. */
  get(type: number, header: Buffer, attributes: AttributeList): Buffer | null {
    const answer = this.#ask(type, NLM_F_REQUEST, header, attributes);
    return answer.type === NLMSG_ERROR ? null : answer.body;
  }

  close(): void {
    this.#socket.close();
  }

  #request(type: number, flags: number, header: Buffer, attributes: AttributeList): void {
    const answer = this.#ask(type, NLM_F_REQUEST | NLM_F_ACK | flags, header, attributes);
    if (answer.error !== 0) {
      const reason = readText(parseAttributes(answer.attributes.subarray(REPEATED_HEADER)), NLMSGERR_ATTR_MSG);
      throw new KernelRefusal([getErrorName(answer.error), reason].filter((part) => part !== '').join(': '));
    }
  }

  #ask(type: number, flags: number, header: Buffer, attributes: AttributeList): NetlinkMessage {
    this.#socket.send(withAttributes(makeMessage(type, flags, header), attributes));
    // The kernel does its work, and answers, while send() runs.
    const received = this.#socket.receive();
    const [answer] = typeof received === 'string' ? [] : received;
    if (answer === undefined) {
      throw new InternalError('the kernel did not answer a request of rtnetlink');
    }
    return answer;
  }
}

/** Does something with a socket that is there for it alone. */
export function withRoutes<Result>(work: (socket: RouteSocket) => Result): Result {
  const socket = new RouteSocket();
  try {
    return work(socket);
  } finally {
    socket.close();
  }
}
