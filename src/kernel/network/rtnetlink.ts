import { InternalError } from '../../model/errors.js';
import { getErrorName } from '../libc.js';
import { NETLINK_ROUTE, NLM_F_ACK, NLM_F_CREATE_EXCL, NLM_F_REQUEST, NLMSG_ERROR } from '../netlink/constants.js';
import { type AttributeList, makeMessage, type NetlinkMessage, parseAttributes, readText, withAttributes } from '../netlink/message.js';
import { NetlinkSocket } from '../netlink/socket.js';

// linux/netlink.h
const NLMSGERR_ATTR_MSG = 1;
/** The netlink header of the request. An answer repeats it (nlmsgerr) before its attributes. */
const REPEATED_HEADER = 16;

/** The kernel refuses a change. The message is the name of the errno, and the kernel's own text where there is one. */
export class KernelRefusal extends Error {
  override name = 'KernelRefusal';
  readonly errno: string;

  constructor(errno: string, reason: string) {
    super(reason === '' ? errno : `${errno}: ${reason}`);
    this.errno = errno;
  }
}

/** Changes the network of the thread that makes it (rtnetlink(7)). It starts no process: ip(8) takes 5 to 10 ms a call. */
export class RouteSocket {
  readonly #socket = new NetlinkSocket(NETLINK_ROUTE);

  constructor() {
    this.#socket.askForReasons();
  }

  /** Adds an object that must not exist yet. @throws KernelRefusal */
  add(type: number, header: Buffer, attributes: AttributeList): void {
    this.#request(type, NLM_F_CREATE_EXCL, header, attributes);
  }

  /** Changes an existing object. @throws KernelRefusal */
  change(type: number, header: Buffer, attributes: AttributeList): void {
    this.#request(type, 0, header, attributes);
  }

  /** Removes an existing object. @throws KernelRefusal */
  remove(type: number, header: Buffer, attributes: AttributeList): void {
    this.#request(type, 0, header, attributes);
  }

  /** The kernel's description of one object, from the header of its type on; null where the kernel knows none. */
  get(type: number, header: Buffer, attributes: AttributeList): Buffer | null {
    const answer = this.#ask(type, NLM_F_REQUEST, header, attributes);
    return answer.type === NLMSG_ERROR ? null : answer.body;
  }

  /** As get(), with the name of the errno where the kernel knows none. */
  ask(type: number, header: Buffer, attributes: AttributeList): { body: Buffer } | { errno: string } {
    const { body, error, type: answered } = this.#ask(type, NLM_F_REQUEST, header, attributes);
    return answered === NLMSG_ERROR ? { errno: getErrorName(error) } : { body };
  }

  close(): void {
    this.#socket.close();
  }

  #request(type: number, flags: number, header: Buffer, attributes: AttributeList): void {
    const answer = this.#ask(type, NLM_F_REQUEST | NLM_F_ACK | flags, header, attributes);
    if (answer.error !== 0) {
      const reason = readText(parseAttributes(answer.attributes.subarray(REPEATED_HEADER)), NLMSGERR_ATTR_MSG);
      throw new KernelRefusal(getErrorName(answer.error), reason);
    }
  }

  #ask(type: number, flags: number, header: Buffer, attributes: AttributeList): NetlinkMessage {
    this.#socket.send(withAttributes(makeMessage(type, flags, header), attributes));
    // The kernel does the work, and queues its answer, during send().
    const received = this.#socket.receive();
    const [answer] = typeof received === 'string' ? [] : received;
    if (answer === undefined) {
      throw new InternalError('the kernel did not answer a request of rtnetlink');
    }
    return answer;
  }
}

/** Runs `work` with a socket of its own, and closes the socket. */
export function withRouteSocket<Result>(work: (socket: RouteSocket) => Result): Result {
  const socket = new RouteSocket();
  try {
    return work(socket);
  } finally {
    socket.close();
  }
}
