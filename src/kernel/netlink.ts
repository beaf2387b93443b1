// Netlink sockets (netlink(7), linux/netlink.h, linux/netfilter/nfnetlink.h).
import { InternalError } from '../errors.js';
import { DatagramReader } from './datagram-reader.js';
import { call, callUnless } from './libc.js';

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;
const SOL_NETLINK = 270;
const NETLINK_ADD_MEMBERSHIP = 1;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
export const NLA_TYPE_MASK = 0x3fff;
const MESSAGE_HEADER = 16;
const NFNETLINK_HEADER = 4;
/** recv() gives a datagram's whole length. */
const MSG_TRUNC = 0x20;
const RECEIVE_SIZE = 1 << 16;
/** A message of the trace has 70 to 210 bytes, and never 1,300: names have 255 at most, headers 80, what NFLOG copies 160. */
const DRAINED = { slots: 64, slotBytes: 2048 };

const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
export const NETLINK_ROUTE = 0;
const NETLINK_NETFILTER = 12;
export const NFNL_SUBSYS_NFTABLES = 10;

export interface NetlinkMessage {
  type: number;
  /** Address family of the nfgenmsg header; meaningless where there is none. */
  family: number;
  /** The errno of an NLMSG_ERROR, which 0 makes an acknowledgement; else meaningless. */
  error: number;
  attributes: Buffer;
  /** All that stands behind netlink's own header. */
  body: Buffer;
}

/** Where a message's attributes lie. */
export interface MessageBody {
  bytes: Buffer;
  view: DataView;
  start: number;
  end: number;
  /** Address family of the nfgenmsg header. */
  family: number;
}

export type Attributes = Map<number, Buffer>;

/** What a thread receives is read before it receives more: all of its sockets share the memory, made when it is needed. */
let inbox: Pick<MessageBody, 'bytes' | 'view'> | null = null;
let reader: DatagramReader | null = null;

/** A non-blocking netlink socket in the network namespace of the thread that made it. */
export class NetlinkSocket {
  readonly #fd: number;
  #open = true;

  constructor(protocol = NETLINK_NETFILTER) {
    this.#fd = call('socket', AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
    const address = Buffer.alloc(12);
    address.writeUInt16LE(AF_NETLINK, 0);
    call('bind', this.#fd, address, address.length);
  }

  /** Asks for a receive buffer of that many bytes; without privilege the kernel gives what rmem_max allows. */
  enlargeBuffer(bytes: number): void {
    const size = makeInt(bytes);
    if (callUnless(['EPERM'], 'setsockopt', this.#fd, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length) === null) {
      call('setsockopt', this.#fd, SOL_SOCKET, SO_RCVBUF, size, size.length);
    }
  }

  joinGroup(group: number): void {
    this.#setOption(NETLINK_ADD_MEMBERSHIP, group);
  }

  /** Has the kernel say in words why it refuses something, and not send back what was asked. */
  askForReasons(): void {
    this.#setOption(NETLINK_CAP_ACK, 1);
    this.#setOption(NETLINK_EXT_ACK, 1);
  }

  send(message: Buffer): void {
    call('send', this.#fd, message, message.length, 0);
  }

  /** The next datagram's messages; 'empty' where none waits, 'overrun' where some are lost: the kernel had no room for them, or this one's end. */
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

  /** All messages of a type that wait, however long: for what is asked once. */
  receiveAll(type: number): NetlinkMessage[] {
    const messages: NetlinkMessage[] = [];
    for (let received = this.receive(); received !== 'empty'; received = this.receive()) {
      messages.push(...(received === 'overrun' ? [] : received.filter((message) => message.type === type)));
    }
    return messages;
  }

  /**
   * Asks for a list and hands over its messages of a type, each until `take` returns.
   * @throws InternalError where the kernel refuses it, or where it ends early
   */
  dump(request: Buffer, type: number, take: (body: MessageBody) => void): void {
    const { bytes, view } = getInbox();
    this.send(request);
    for (;;) {
      const length = callUnless(['EAGAIN', 'ENOBUFS'], 'recv', this.#fd, bytes, bytes.length, MSG_TRUNC);
      if (length === null || length > bytes.length) {
        throw new InternalError("the kernel's list ended early");
      }
      const last = takeMessages({ bytes, view }, 0, length, type, take);
      if (last === NLMSG_ERROR) {
        throw new InternalError('the kernel refused to list what it has');
      }
      if (last === NLMSG_DONE) {
        return;
      }
    }
  }

  /** Hands over all messages of a type that wait, each until `take` returns. Says whether some are lost. */
  drain(type: number, take: (body: MessageBody) => void): { lost: boolean } {
    const { bytes, view } = (reader ??= new DatagramReader(DRAINED));
    return reader.drain(this.#fd, (start, end) => {
      takeMessages({ bytes, view }, start, end, type, take);
    });
  }

  close(): void {
    if (this.#open) {
      this.#open = false;
      call('close', this.#fd);
    }
  }

  #setOption(name: number, value: number): void {
    const bytes = makeInt(value);
    call('setsockopt', this.#fd, SOL_NETLINK, name, bytes, bytes.length);
  }
}

/** A number as netlink and setsockopt(2) take it: in the machine's own order. */
export function makeInt(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}

function getInbox(): Pick<MessageBody, 'bytes' | 'view'> {
  if (inbox === null) {
    const memory = new ArrayBuffer(RECEIVE_SIZE);
    inbox = { bytes: Buffer.from(memory), view: new DataView(memory) };
  }
  return inbox;
}

function parseMessages(datagram: Buffer): NetlinkMessage[] {
  const messages: NetlinkMessage[] = [];
  for (let offset = 0; offset + MESSAGE_HEADER <= datagram.length;) {
    const length = datagram.readUInt32LE(offset);
    if (length < MESSAGE_HEADER) {
      break;
    }
    // A copy: the receive buffer is used again.
    const body = Buffer.from(datagram.subarray(offset + MESSAGE_HEADER, offset + length));
    messages.push({
      type: datagram.readUInt16LE(offset + 4),
      family: body[0] ?? 0,
      error: body.length >= 4 ? -body.readInt32LE(0) : 0,
      body,
      attributes: body.subarray(NFNETLINK_HEADER),
    });
    offset += alignLength(length);
  }
  return messages;
}

/** Goes through a datagram without a copy of it, nor an object for what is not asked for. Gives the type of its last message. */
function takeMessages(
  { bytes, view }: Pick<MessageBody, 'bytes' | 'view'>,
  start: number,
  end: number,
  type: number,
  take: (body: MessageBody) => void,
): number | null {
  let last = null;
  for (let offset = start; offset + MESSAGE_HEADER + NFNETLINK_HEADER <= end;) {
    const length = view.getUint32(offset, true);
    if (length < MESSAGE_HEADER + NFNETLINK_HEADER) {
      break;
    }
    last = view.getUint16(offset + 4, true);
    if (last === type) {
      const body = offset + MESSAGE_HEADER;
      take({ bytes, view, start: body + NFNETLINK_HEADER, end: Math.min(offset + length, end), family: view.getUint8(body) });
    }
    offset += alignLength(length);
  }
  return last;
}

/** A copy that no receive buffer hangs on. By a loop: for 20 bytes Buffer.from() takes three times as long. */
export function copyBytes(bytes: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafe(end - start);
  for (let place = start; place < end; place++) {
    copy[place - start] = bytes[place] ?? 0;
  }
  return copy;
}

/** Attributes by their type; of a type that comes twice, the last. */
export function parseAttributes(buffer: Buffer): Attributes {
  const attributes: Attributes = new Map();
  for (let offset = 0; offset + 4 <= buffer.length;) {
    const length = buffer.readUInt16LE(offset);
    if (length < 4) {
      break;
    }
    attributes.set(buffer.readUInt16LE(offset + 2) & NLA_TYPE_MASK, buffer.subarray(offset + 4, offset + length));
    offset += alignLength(length);
  }
  return attributes;
}

export function readText(attributes: Attributes, type: number): string {
  const value = attributes.get(type);
  return value === undefined ? '' : value.toString('utf8', 0, value.indexOf(0) < 0 ? value.length : value.indexOf(0));
}

/** A netfilter request without attributes: header and nfgenmsg. */
export function makeRequest(type: number, flags: number, family: number): Buffer {
  const header = Buffer.alloc(NFNETLINK_HEADER);
  header.writeUInt8(family, 0);
  return makeMessage(type, flags, header);
}

/** A netlink request without attributes. @param header what the request's protocol puts between netlink's header and the attributes */
export function makeMessage(type: number, flags: number, header: Buffer): Buffer {
  const message = Buffer.concat([Buffer.alloc(MESSAGE_HEADER), header]);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(flags, 6);
  return message;
}

export type AttributeList = [type: number, value: Buffer][];

/** The request with attributes behind it. */
export function withAttributes(request: Buffer, attributes: AttributeList): Buffer {
  const message = Buffer.concat([request, makeAttributes(attributes)]);
  message.writeUInt32LE(message.length, 0);
  return message;
}

/** Attributes as they stand in a message, or in an attribute that holds others. */
export function makeAttributes(attributes: AttributeList): Buffer {
  const parts = attributes.map(([type, value]) => {
    const part = Buffer.alloc(4 + alignLength(value.length));
    part.writeUInt16LE(4 + value.length, 0);
    part.writeUInt16LE(type, 2);
    value.copy(part, 4);
    return part;
  });
  return Buffer.concat(parts);
}

/** Where the next one begins: messages and attributes are padded to four bytes. */
export function alignLength(length: number): number {
  return (length + 3) & ~3;
}
