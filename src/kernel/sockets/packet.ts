// Packet sockets (packet(7), linux/if_packet.h) receive every packet of a network namespace, as its interfaces see it.
// loopfw does not use tcpdump: tcpdump changes its user id, which the mapped root of a user namespace may not do.
import { call, callUnless } from '../libc.js';
import { makeInt } from '../netlink/message.js';
import { AF_PACKET, MSG_TRUNC, SOCK_CLOEXEC, SOCK_DGRAM, SOCK_NONBLOCK } from '../socket-constants.js';
import { enlargeReceiveBuffer, SO_ATTACH_FILTER, SOL_SOCKET } from '../socket-options.js';

const SOL_PACKET = 263;
const PACKET_STATISTICS = 6;
// linux/sockios.h
const SIOCGSTAMPNS = 0x8907;
// linux/if_ether.h, in network order
const ETH_P_ALL = 0x0300;
const ADDRESS_SIZE = 20;

const BUFFER_BYTES = 1 << 26;
/** The default snapshot length of tcpdump too. No packet is larger. */
export const LARGEST_PACKET = 1 << 18;

/** Socket filter (linux/filter.h). On lo each packet appears twice, outgoing and incoming: the filter drops the outgoing copy. */
const INCOMING_ON_LO_FILTER = makeFilter([
  [0x20, 0, 0, 0xfffff004], // load the packet type
  [0x15, 0, 2, 4], // PACKET_OUTGOING: go on; otherwise accept
  [0x20, 0, 0, 0xfffff008], // load the interface index
  [0x15, 1, 0, 1], // 1 is lo in every namespace: drop; otherwise accept
  [0x06, 0, 0, LARGEST_PACKET],
  [0x06, 0, 0, 0],
]);

export interface Packet {
  seconds: number;
  nanoseconds: number;
  /** The sockaddr_ll: the interface, the packet type and the link-layer address. */
  link: Buffer;
  /** The packet from its network header on. */
  bytes: Buffer;
}

/** Receives a copy of every packet on the interfaces of the calling thread's network namespace, from its construction on. */
export class PacketSocket {
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(LARGEST_PACKET);

  constructor() {
    // With protocol 0 the socket receives nothing before bind().
    this.#fd = call('socket', AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    enlargeReceiveBuffer(this.#fd, BUFFER_BYTES);
    call(
      'setFilter',
      this.#fd,
      SOL_SOCKET,
      SO_ATTACH_FILTER,
      { length: INCOMING_ON_LO_FILTER.length / 8, filter: INCOMING_ON_LO_FILTER },
      16,
    );
    callUnless(['ENOENT'], 'ioctl', this.#fd, SIOCGSTAMPNS, Buffer.alloc(16)); // the first call makes the kernel keep timestamps
    const address = Buffer.alloc(ADDRESS_SIZE);
    address.writeUInt16LE(AF_PACKET, 0);
    address.writeUInt16LE(ETH_P_ALL, 2);
    call('bind', this.#fd, address, address.length);
  }

  /** The packets since the last call. It never blocks. */
  drain(): Packet[] {
    const packets: Packet[] = [];
    for (;;) {
      const link = Buffer.alloc(ADDRESS_SIZE);
      const size = makeInt(ADDRESS_SIZE);
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
        bytes: Buffer.from(this.#buffer.subarray(0, length)), // a copy, because the buffer is reused
      });
    }
  }

  /** How many packets the kernel dropped since the last call, because the receive buffer was full. */
  countDropped(): number {
    const counts = Buffer.alloc(8);
    call('getsockopt', this.#fd, SOL_PACKET, PACKET_STATISTICS, counts, makeInt(counts.length));
    return counts.readUInt32LE(4);
  }

  close(): void {
    call('close', this.#fd);
  }
}

/** Encodes a classic BPF program as an array of struct sock_filter. */
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
