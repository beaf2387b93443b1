// Packet sockets (packet(7), linux/if_packet.h): every packet of a network namespace, as its interfaces take it. loopfw reads them itself:
// tcpdump changes its user id, which the mapped root of a user namespace may not do.
import { call, callUnless } from './libc.js';

const AF_PACKET = 17;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_ATTACH_FILTER = 26;
const SO_RCVBUFFORCE = 33;
const SOL_PACKET = 263;
const PACKET_STATISTICS = 6;
const MSG_TRUNC = 0x20;
// linux/sockios.h
const SIOCGSTAMPNS = 0x8907;
// linux/if_ether.h, in network order
const ETH_P_ALL = 0x0300;
const ADDRESS_SIZE = 20;

const BUFFER_BYTES = 1 << 26;
/** What tcpdump takes of a packet too: more than any has. */
export const LARGEST_PACKET = 1 << 18;

/** linux/filter.h: on lo each packet goes out and comes in; of the two, the one that goes out is left out. */
const LEAVE_OUT_DOUBLES = makeFilter([
  [0x20, 0, 0, 0xfffff004], // its pkttype
  [0x15, 0, 2, 4], // is PACKET_OUTGOING
  [0x20, 0, 0, 0xfffff008], // its interface
  [0x15, 1, 0, 1], // is lo, the first of every namespace
  [0x06, 0, 0, LARGEST_PACKET],
  [0x06, 0, 0, 0],
]);

export interface Packet {
  seconds: number;
  nanoseconds: number;
  /** Where it was, and how it came there: a sockaddr_ll. */
  link: Buffer;
  /** From the network header on. */
  bytes: Buffer;
}

/** Takes a copy of every packet that an interface of the calling thread's network namespace sees, from now on. */
export class PacketSocket {
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(LARGEST_PACKET);

  constructor() {
    // Without a protocol it takes nothing yet.
    this.#fd = call('socket', AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const size = Buffer.alloc(4);
    size.writeInt32LE(BUFFER_BYTES);
    if (callUnless(['EPERM'], 'setsockopt', this.#fd, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length) === null) {
      call('setsockopt', this.#fd, SOL_SOCKET, SO_RCVBUF, size, size.length);
    }
    call('setFilter', this.#fd, SOL_SOCKET, SO_ATTACH_FILTER, { length: LEAVE_OUT_DOUBLES.length / 8, filter: LEAVE_OUT_DOUBLES }, 16);
    callUnless(['ENOENT'], 'ioctl', this.#fd, SIOCGSTAMPNS, Buffer.alloc(16)); // from the first call on, times are kept
    const address = Buffer.alloc(ADDRESS_SIZE);
    address.writeUInt16LE(AF_PACKET, 0);
    address.writeUInt16LE(ETH_P_ALL, 2);
    call('bind', this.#fd, address, address.length);
  }

  /** The packets since the last call. Never waits. */
  drain(): Packet[] {
    const packets: Packet[] = [];
    for (;;) {
      const link = Buffer.alloc(ADDRESS_SIZE);
      const size = Buffer.alloc(4);
      size.writeInt32LE(ADDRESS_SIZE);
      const length = callUnless(['EAGAIN'], 'recvfrom', this.#fd, this.#buffer, this.#buffer.length, MSG_TRUNC, link, size);
      if (length === null) {
        return packets;
      }
      const time = Buffer.alloc(16);
      call('ioctl', this.#fd, SIOCGSTAMPNS, time);
      packets.push({
        seconds: Number(time.readBigInt64LE(0)),
        nanoseconds: Number(time.readBigInt64LE(8)),
        link,
        bytes: Buffer.from(this.#buffer.subarray(0, length)), // a copy: the buffer is used again
      });
    }
  }

  /** How many packets there was no room for, since the last call. */
  countDropped(): number {
    const counts = Buffer.alloc(8);
    const size = Buffer.alloc(4);
    size.writeInt32LE(counts.length);
    call('getsockopt', this.#fd, SOL_PACKET, PACKET_STATISTICS, counts, size);
    return counts.readUInt32LE(4);
  }

  close(): void {
    call('close', this.#fd);
  }
}

/** A classic BPF program, of instructions such as struct sock_filter has them. */
function makeFilter(instructions: [code: number, jt: number, jf: number, k: number][]): Buffer {
  return Buffer.concat(
    instructions.map(([code, jt, jf, k]) => {
      const instruction = Buffer.alloc(8);
      instruction.writeUInt16LE(code, 0);
      instruction.writeUInt8(jt, 2);
      instruction.writeUInt8(jf, 3);
      instruction.writeUInt32LE(k, 4);
      return instruction;
    }),
  );
}
