// Netlink sockets (netlink(7), linux/netlink.h, linux/netfilter/nfnetlink.h).
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
const NLA_TYPE_MASK = 0x3fff;
const MESSAGE_HEADER = 16;
const NFNETLINK_HEADER = 4;
const RECEIVE_SIZE = 1 << 16;
export const NETLINK_ROUTE = 0;
const NETLINK_NETFILTER = 12;
export const NFNL_SUBSYS_NFTABLES = 10;
/** A non-blocking netlink socket in the network namespace of the thread that made it. */
export class NetlinkSocket {
    #fd;
    #buffer = Buffer.alloc(RECEIVE_SIZE);
    #open = true;
    constructor(protocol = NETLINK_NETFILTER) {
        this.#fd = call('socket', AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
        const address = Buffer.alloc(12);
        address.writeUInt16LE(AF_NETLINK, 0);
        call('bind', this.#fd, address, address.length);
    }
    /** Asks for a receive buffer of that many bytes; without privilege the kernel gives what rmem_max allows. */
    enlargeBuffer(bytes) {
        const size = makeInt(bytes);
        if (callUnless(['EPERM'], 'setsockopt', this.#fd, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length) === null) {
            call('setsockopt', this.#fd, SOL_SOCKET, SO_RCVBUF, size, size.length);
        }
    }
    joinGroup(group) {
        this.#setOption(NETLINK_ADD_MEMBERSHIP, group);
    }
    /** Has the kernel say in words why it refuses something, and not send back what was asked. */
    askForReasons() {
        this.#setOption(NETLINK_CAP_ACK, 1);
        this.#setOption(NETLINK_EXT_ACK, 1);
    }
    send(message) {
        call('send', this.#fd, message, message.length, 0);
    }
    /** The next datagram's messages; 'empty' where none waits, 'overrun' where the kernel had to throw some away (ENOBUFS). */
    receive() {
        try {
            const length = callUnless(['EAGAIN'], 'recv', this.#fd, this.#buffer, this.#buffer.length, 0);
            return length === null ? 'empty' : parseMessages(this.#buffer.subarray(0, length));
        }
        catch (error) {
            if (error instanceof Error && 'errno' in error && error.errno === 'ENOBUFS') {
                return 'overrun';
            }
            throw error;
        }
    }
    /** All messages of a type that wait, and whether the kernel had to throw some away. */
    drain(type) {
        const messages = [];
        let lost = false;
        for (;;) {
            const received = this.receive();
            if (received === 'empty') {
                return { messages, lost };
            }
            if (received === 'overrun') {
                lost = true;
            }
            else {
                messages.push(...received.filter((message) => message.type === type));
            }
        }
    }
    close() {
        if (this.#open) {
            this.#open = false;
            call('close', this.#fd);
        }
    }
    #setOption(name, value) {
        const bytes = makeInt(value);
        call('setsockopt', this.#fd, SOL_NETLINK, name, bytes, bytes.length);
    }
}
/** A number as netlink and setsockopt(2) take it: in the machine's own order. */
export function makeInt(value) {
    const buffer = Buffer.alloc(4);
    buffer.writeInt32LE(value);
    return buffer;
}
function parseMessages(datagram) {
    const messages = [];
    for (let offset = 0; offset + MESSAGE_HEADER <= datagram.length;) {
        const length = datagram.readUInt32LE(offset);
        if (length < MESSAGE_HEADER) {
            break;
        }
        const body = datagram.subarray(offset + MESSAGE_HEADER, offset + length);
        messages.push({
            type: datagram.readUInt16LE(offset + 4),
            family: body[0] ?? 0,
            error: body.length >= 4 ? -body.readInt32LE(0) : 0,
            // A copy: the receive buffer is used again.
            attributes: Buffer.from(body.subarray(NFNETLINK_HEADER)),
        });
        offset += align(length);
    }
    return messages;
}
/** Attributes by their type; of a type that comes twice, the last. */
export function parseAttributes(buffer) {
    const attributes = new Map();
    for (let offset = 0; offset + 4 <= buffer.length;) {
        const length = buffer.readUInt16LE(offset);
        if (length < 4) {
            break;
        }
        attributes.set(buffer.readUInt16LE(offset + 2) & NLA_TYPE_MASK, buffer.subarray(offset + 4, offset + length));
        offset += align(length);
    }
    return attributes;
}
/** The values of a list of attributes that are all of one type. */
export function listNested(list) {
    const values = [];
    for (let offset = 0; list !== undefined && offset + 4 <= list.length;) {
        const length = list.readUInt16LE(offset);
        if (length < 4) {
            break;
        }
        values.push(list.subarray(offset + 4, offset + length));
        offset += align(length);
    }
    return values;
}
export function readText(attributes, type) {
    const value = attributes.get(type);
    return value === undefined ? '' : value.toString('utf8', 0, value.indexOf(0) < 0 ? value.length : value.indexOf(0));
}
/** A netfilter request without attributes: header and nfgenmsg. */
export function makeRequest(type, flags, family) {
    const header = Buffer.alloc(NFNETLINK_HEADER);
    header.writeUInt8(family, 0);
    return makeMessage(type, flags, header);
}
/** A netlink request without attributes. @param header what the request's protocol puts between netlink's header and the attributes */
export function makeMessage(type, flags, header) {
    const message = Buffer.concat([Buffer.alloc(MESSAGE_HEADER), header]);
    message.writeUInt32LE(message.length, 0);
    message.writeUInt16LE(type, 4);
    message.writeUInt16LE(flags, 6);
    return message;
}
/** The request with attributes behind it. */
export function withAttributes(request, attributes) {
    const message = Buffer.concat([request, makeAttributes(attributes)]);
    message.writeUInt32LE(message.length, 0);
    return message;
}
/** Attributes as they stand in a message, or in an attribute that holds others. */
export function makeAttributes(attributes) {
    const parts = attributes.map(([type, value]) => {
        const part = Buffer.alloc(4 + align(value.length));
        part.writeUInt16LE(4 + value.length, 0);
        part.writeUInt16LE(type, 2);
        value.copy(part, 4);
        return part;
    });
    return Buffer.concat(parts);
}
function align(length) {
    return (length + 3) & ~3;
}
