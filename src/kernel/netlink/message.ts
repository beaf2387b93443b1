// The bytes of netlink messages (netlink(7), linux/netlink.h, linux/netfilter/nfnetlink.h).
export const NLA_TYPE_MASK = 0x3fff;
export const NFNL_SUBSYS_NFTABLES = 10;
const MESSAGE_HEADER = 16;
const NFNETLINK_HEADER = 4;

export interface NetlinkMessage {
  type: number;
  /** Address family of the nfgenmsg header; meaningless without this header. */
  family: number;
  /** The errno of an NLMSG_ERROR; 0 means an acknowledgement. It is meaningless in other messages. */
  error: number;
  /** The bytes after the nfgenmsg header. */
  attributes: Buffer;
  /** The bytes after the netlink header. */
  body: Buffer;
}

/** The attributes of a message in the receive buffer: its bytes from `start` to before `end`. */
export interface MessageBody {
  bytes: Buffer;
  view: DataView;
  start: number;
  end: number;
  type: number;
  /** Address family of the nfgenmsg header. */
  family: number;
}

/** Values by attribute type. */
export type Attributes = Map<number, Buffer>;

/** The messages of a datagram, each as a copy. */
export function parseMessages(datagram: Buffer): NetlinkMessage[] {
  const messages: NetlinkMessage[] = [];
  for (let offset = 0; offset + MESSAGE_HEADER <= datagram.length;) {
    const length = datagram.readUInt32LE(offset);
    if (length < MESSAGE_HEADER) {
      break;
    }
    // A copy, because the receive buffer is reused.
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

/**
 * Passes the messages of these types in a datagram to `take`. It copies nothing, and makes no object for other messages.
 * @returns the type of the last message; null where there is none
 */
export function takeMessages(
  { bytes, view }: Pick<MessageBody, 'bytes' | 'view'>,
  start: number,
  end: number,
  types: readonly number[],
  take: (body: MessageBody) => void,
): number | null {
  let last = null;
  for (let offset = start; offset + MESSAGE_HEADER + NFNETLINK_HEADER <= end;) {
    const length = view.getUint32(offset, true);
    if (length < MESSAGE_HEADER + NFNETLINK_HEADER) {
      break;
    }
    last = view.getUint16(offset + 4, true);
    if (types.includes(last)) {
      const body = offset + MESSAGE_HEADER;
      take({ bytes, view, start: body + NFNETLINK_HEADER, end: Math.min(offset + length, end), type: last, family: view.getUint8(body) });
    }
    offset += alignLength(length);
  }
  return last;
}

/** A copy that shares no memory with the receive buffer. A loop is used: for 20 bytes Buffer.from() takes three times as long. */
export function copyBytes(bytes: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafe(end - start);
  for (let place = start; place < end; place++) {
    copy[place - start] = bytes[place] ?? 0;
  }
  return copy;
}

/** Attributes by type. Of two with the same type the last counts. */
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

/** The text of an attribute up to its NUL; '' where the attribute is missing. */
export function readText(attributes: Attributes, type: number): string {
  const value = attributes.get(type);
  return value === undefined ? '' : value.toString('utf8', 0, value.indexOf(0) < 0 ? value.length : value.indexOf(0));
}

/** A netfilter request without attributes: netlink header and nfgenmsg. */
export function makeRequest(type: number, flags: number, family: number): Buffer {
  const header = Buffer.alloc(NFNETLINK_HEADER);
  header.writeUInt8(family, 0);
  return makeMessage(type, flags, header);
}

/** A netlink request without attributes. @param header the protocol's own header, between the netlink header and the attributes */
export function makeMessage(type: number, flags: number, header: Buffer): Buffer {
  const message = Buffer.concat([Buffer.alloc(MESSAGE_HEADER), header]);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(flags, 6);
  return message;
}

export type AttributeList = [type: number, value: Buffer][];

/** The request, followed by attributes. */
export function withAttributes(request: Buffer, attributes: AttributeList): Buffer {
  const message = Buffer.concat([request, makeAttributes(attributes)]);
  message.writeUInt32LE(message.length, 0);
  return message;
}

/** Encodes attributes, for a message or for an attribute that contains others. */
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

/** The padded length: messages and attributes are aligned to four bytes. */
export function alignLength(length: number): number {
  return (length + 3) & ~3;
}

/** Reads a 64-bit number in network byte order. It is exact up to 2⁵³. */
export function read64(view: DataView, offset: number): number {
  return view.getUint32(offset) * 0x1_0000_0000 + view.getUint32(offset + 4);
}

/** A 32-bit number in the machine's byte order, for netlink and setsockopt(2). */
export function makeInt(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value);
  return buffer;
}

/** A name as netlink takes it: it ends with a NUL. */
export function makeText(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'latin1');
}

/** Iterates over attributes in the receive buffer, without an object for each. Call next() before each attribute; false means the end. */
export class AttributeCursor {
  readonly #view: DataView;
  readonly #end: number;
  #next: number;
  type = 0;
  /** The offsets of the value in the buffer; `end` is behind its last byte. */
  start = 0;
  end = 0;

  constructor(view: DataView, start: number, end: number) {
    this.#view = view;
    this.#next = start;
    this.#end = end;
  }

  next(): boolean {
    const offset = this.#next;
    const length = offset + 4 <= this.#end ? this.#view.getUint16(offset, true) : 0;
    if (length < 4) {
      return false;
    }
    this.type = this.#view.getUint16(offset + 2, true) & NLA_TYPE_MASK;
    this.start = offset + 4;
    this.end = Math.min(offset + length, this.#end);
    this.#next = offset + alignLength(length);
    return true;
  }
}
