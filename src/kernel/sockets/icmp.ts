import type { Family } from '../../model/rule.js';
import { call, SystemCallError } from '../libc.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_RAW } from '../socket-constants.js';
import { setOption } from '../socket-options.js';
import { makeSocketAddress } from './address.js';

// sys/socket.h
const MSG_DONTWAIT = 0x40;

interface FamilyNumbers {
  protocol: number;
  level: number;
  /** IP_RECVERR or IPV6_RECVERR: ICMP errors become errors of the socket. */
  receiveErrors: number;
  echoRequest: number;
  echoReply: number;
  /** Whether received messages begin with the IP header, as on a raw IPv4 socket. */
  hasIpHeader: boolean;
}

/** linux/in.h, linux/in6.h, linux/icmp.h, linux/icmpv6.h */
const NUMBERS: Record<Family, FamilyNumbers> = {
  ipv4: { protocol: 1, level: 0, receiveErrors: 11, echoRequest: 8, echoReply: 0, hasIpHeader: true },
  ipv6: { protocol: 58, level: 41, receiveErrors: 25, echoRequest: 128, echoReply: 129, hasIpHeader: false },
};

/** The data of an echo reply, or the name of an errno. */
export type EchoAnswer = { reply: string } | { errno: string };

/**
 * An ICMP echo client (RFC 792, RFC 4443) on a raw socket. It sees every error that the kernel has for it. ping(8) hides EPERM, and needs a
 * process of its own.
 */
export class IcmpSocket {
  readonly #fd: number;
  readonly #numbers: FamilyNumbers;
  readonly #identifier: number;
  readonly #buffer = Buffer.alloc(1 << 16);

  /**
   * @param identifier the identifier field of its echo requests
   * @param given the descriptor of a raw socket of ICMP, in the place of a new one
   * @throws SystemCallError where the source cannot be bound
   */
  constructor(family: Family, source: string, identifier: number, given: number | null) {
    this.#numbers = NUMBERS[family];
    this.#identifier = identifier;
    this.#fd = given ?? call('socket', ADDRESS_FAMILIES[family], SOCK_RAW | SOCK_CLOEXEC, this.#numbers.protocol);
    try {
      setOption(this.#fd, this.#numbers.level, this.#numbers.receiveErrors, 1);
      const local = makeSocketAddress(family, source, 0);
      call('bind', this.#fd, local, local.length);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Sends one echo request. Returns the name of the errno where the kernel refuses it, otherwise null. */
  send(family: Family, destination: string, data: string): string | null {
    const remote = makeSocketAddress(family, destination, 0);
    const message = Buffer.concat([Buffer.alloc(8), Buffer.from(data)]);
    message.writeUInt8(this.#numbers.echoRequest, 0);
    message.writeUInt16BE(this.#identifier, 4);
    // The sequence number. NAT leaves it as it is, so the trace tells echoes apart by it.
    message.writeUInt16BE(this.#identifier, 6);
    // For ICMPv6 the kernel computes the checksum itself, which also covers the addresses.
    message.writeUInt16BE(getChecksum(message), 2);
    try {
      call('connect', this.#fd, remote, remote.length);
      call('send', this.#fd, message, message.length, MSG_DONTWAIT);
      return null;
    } catch (error) {
      return toErrno(error);
    }
  }

  /** The next echo reply or error for this client; null where there is none. */
  receive(): EchoAnswer | null {
    for (;;) {
      let length: number;
      try {
        length = call('recv', this.#fd, this.#buffer, this.#buffer.length, MSG_DONTWAIT);
      } catch (error) {
        const errno = toErrno(error);
        return errno === 'EAGAIN' ? null : { errno };
      }
      const packet = this.#buffer.subarray(0, length);
      const message = packet.subarray(this.#numbers.hasIpHeader ? (packet.readUInt8(0) & 0xf) * 4 : 0);
      // On lo the socket also receives the client's own requests, and the echo messages of other clients.
      if (message.readUInt8(0) === this.#numbers.echoReply && message.readUInt16BE(4) === this.#identifier) {
        return { reply: message.subarray(8).toString('utf8') };
      }
    }
  }

  close(): void {
    call('close', this.#fd);
  }
}

function toErrno(error: unknown): string {
  if (error instanceof SystemCallError) {
    return error.errno;
  }
  throw error;
}

/** The Internet checksum (RFC 1071). */
function getChecksum(message: Buffer): number {
  let sum = 0;
  for (let offset = 0; offset < message.length; offset += 2) {
    sum += (message.readUInt8(offset) << 8) | (message[offset + 1] ?? 0);
  }
  while (sum > 0xffff) {
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  return ~sum & 0xffff;
}
