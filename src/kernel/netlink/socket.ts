// Netlink sockets (netlink(7), linux/netlink.h, linux/netfilter/nfnetlink.h).
import { InternalError } from '../../model/errors.js';
import { call, callBlocking, callUnless } from '../libc.js';
import { AF_NETLINK, MSG_TRUNC, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_RAW } from '../socket-constants.js';
import { enlargeReceiveBuffer, setOption, SO_RCVBUF, SOL_SOCKET } from '../socket-options.js';
import { NETLINK_NETFILTER, NLMSG_DONE, NLMSG_ERROR } from './constants.js';
import { DatagramReader } from './datagrams.js';
import { makeInt, type MessageBody, type NetlinkMessage, parseMessages, takeMessages } from './message.js';

const SOL_NETLINK = 270;
const NETLINK_ADD_MEMBERSHIP = 1;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
const POLLIN = 0x1;
const RECEIVE_SIZE = 1 << 16;
/**
 * Slots for trace messages. They have 70 to 210 bytes, and never 1,300: names have at most 255, headers 80, and NFLOG's copy of a packet
 * 160.
 */
const DRAINED = { slots: 64, slotBytes: 2048 };

/** Receive memory of the thread, made on first use. All sockets of the thread share it: a datagram is read before the next is received. */
let inbox: Pick<MessageBody, 'bytes' | 'view'> | null = null;
let reader: DatagramReader | null = null;

/** A non-blocking netlink socket in the network namespace of the thread that makes it. */
export class NetlinkSocket {
  readonly #fd: number;
  /** struct pollfd: the descriptor, the events, and those that were found. */
  readonly #entry = Buffer.alloc(8);
  #open = true;

  constructor(protocol = NETLINK_NETFILTER) {
    this.#fd = call('socket', AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
    const address = Buffer.alloc(12);
    address.writeUInt16LE(AF_NETLINK, 0);
    call('bind', this.#fd, address, address.length);
  }

  /** Requests a receive buffer of that many bytes. Without privilege the kernel limits it to net.core.rmem_max. */
  enlargeBuffer(bytes: number): void {
    enlargeReceiveBuffer(this.#fd, bytes);
  }

  /**
   * The size of the receive buffer in bytes. The kernel doubles the requested size (socket(7)). A message takes more of the buffer than its
   * own bytes.
   */
  getBufferBytes(): number {
    const size = makeInt(0);
    call('getsockopt', this.#fd, SOL_SOCKET, SO_RCVBUF, size, makeInt(size.length));
    return size.readInt32LE();
  }

  joinGroup(group: number): void {
    setOption(this.#fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
  }

  /** Makes the kernel explain a refusal in text. Its answer then does not repeat the attributes of the request. */
  askForReasons(): void {
    setOption(this.#fd, SOL_NETLINK, NETLINK_CAP_ACK, 1);
    setOption(this.#fd, SOL_NETLINK, NETLINK_EXT_ACK, 1);
  }

  send(message: Buffer): void {
    call('send', this.#fd, message, message.length, 0);
  }

  /**
   * The messages of the next datagram. 'empty': none is waiting. 'overrun': messages are lost, because the receive buffer was full or the
   * datagram was too long.
   */
  receive(): NetlinkMessage[] | 'empty' | 'overrun' {
    try {
      const { bytes } = getInbox();
      const length = callUnless(['EAGAIN'], 'recv', this.#fd, bytes, bytes.length, MSG_TRUNC);
      if (length === null) {
        return 'empty';
      }
      return length > bytes.length ? 'overrun' : parseMessages(bytes.subarray(0, length));
    } catch (error) {
      if (error instanceof Error && 'errno' in error && error.errno === 'ENOBUFS') {
        return 'overrun';
      }
      throw error;
    }
  }

  /**
   * Requests a list and passes its messages of one type to `take`. A message is valid only until `take` returns.
   * @throws InternalError where the kernel refuses the request, or the list ends early
   */
  dump(request: Buffer, type: number, take: (body: MessageBody) => void): void {
    const { bytes, view } = getInbox();
    this.send(request);
    for (;;) {
      const length = callUnless(['EAGAIN', 'ENOBUFS'], 'recv', this.#fd, bytes, bytes.length, MSG_TRUNC);
      if (length === null || length > bytes.length) {
        throw new InternalError("the kernel's list ended early");
      }
      const last = takeMessages({ bytes, view }, 0, length, [type], take);
      if (last === NLMSG_ERROR) {
        throw new InternalError('the kernel refused to list what it has');
      }
      if (last === NLMSG_DONE) {
        return;
      }
    }
  }

  /** Passes all waiting messages of these types to `take`. A message is valid only until `take` returns. `lost`: some messages are lost. */
  drain(types: readonly number[], take: (body: MessageBody) => void): { lost: boolean } {
    const { bytes, view } = (reader ??= new DatagramReader(DRAINED));
    return reader.drain(this.#fd, (start, end) => {
      takeMessages({ bytes, view }, start, end, types, take);
    });
  }

  /** Waits in libuv's thread pool until a message is there, or the time is over. Do not close the socket before it resolves. */
  async waitForMessage(limitMs: number): Promise<void> {
    this.#entry.writeInt32LE(this.#fd, 0);
    this.#entry.writeUInt16LE(POLLIN, 4);
    await callBlocking('poll', this.#entry, 1, limitMs);
  }

  close(): void {
    if (this.#open) {
      this.#open = false;
      call('close', this.#fd);
    }
  }
}

function getInbox(): Pick<MessageBody, 'bytes' | 'view'> {
  if (inbox === null) {
    const memory = new ArrayBuffer(RECEIVE_SIZE);
    inbox = { bytes: Buffer.from(memory), view: new DataView(memory) };
  }
  return inbox;
}
