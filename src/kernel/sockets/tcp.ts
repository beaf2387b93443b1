// TCP sockets by system calls, without the event loop of Node.js (tcp(7), poll(2)). On lo a whole handshake happens during connect(2), and
// the next poll(2) reports its result. A client of node:net needs several turns of the event loop: 0.25 ms instead of 0.03.
import { constants } from 'node:os';
import { InternalError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import { attempt, call, callUnless, getErrorName } from '../libc.js';
import { makeInt } from '../netlink/message.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_STREAM } from '../socket-constants.js';
import { setOption, SO_ERROR, SO_REUSEADDR, SOL_SOCKET } from '../socket-options.js';
import { makeSocketAddress } from './address.js';

// linux/in6.h
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;
// asm-generic/ioctls.h: sets or clears O_NONBLOCK
const FIONBIO = 0x5421;
// sys/socket.h
const SHUT_RDWR = 2;
const MSG_NOSIGNAL = 0x4000;
// poll.h: struct pollfd, and the events
const ENTRY_BYTES = 8;
const EVENTS_AT = 4;
const FOUND_AT = 6;
const POLLIN = 0x1;
const POLLOUT = 0x4;
const POLLERR = 0x8;
const POLLHUP = 0x10;

/**
 * The length of a listener's queue, which net.core.somaxconn limits to 4096. With the default of Node.js, 511, a burst of connections looks
 * like a DROP.
 */
export const BACKLOG = 4096;
const RECEIVE_BYTES = 1 << 16;

/** A sockaddr with the family AF_UNSPEC (0). */
const NOBODY = Buffer.alloc(16);
/** Memory of the thread. Each call is over before the next one begins. */
const entry = Buffer.alloc(ENTRY_BYTES);
const inbox = Buffer.alloc(RECEIVE_BYTES);
const number = makeInt(0);
const fourBytes = makeInt(number.length);

/** A non-blocking TCP socket in the network namespace in which its thread made it. */
export class TcpSocket {
  readonly fd: number;

  constructor(fd: number) {
    this.fd = fd;
  }

  /**
   * A socket with its own address and port.
   * @param given the descriptor of a blocking socket that is not bound, in the place of a new one
   * @throws SystemCallError where the address cannot be bound
   */
  static bind(family: Family, address: string, port: number, given: number | null = null): TcpSocket {
    const socket = new TcpSocket(given ?? call('socket', ADDRESS_FAMILIES[family], SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    try {
      if (given !== null) {
        call('ioctl', given, FIONBIO, makeInt(1));
      }
      setOption(socket.fd, SOL_SOCKET, SO_REUSEADDR, 1);
      if (family === 'ipv6') {
        setOption(socket.fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
      }
      const local = makeSocketAddress(family, address, port);
      call('bind', socket.fd, local, local.length);
      return socket;
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  /** @throws SystemCallError where another socket listens there */
  listen(): void {
    call('listen', this.fd, BACKLOG);
  }

  /** The port that the socket is bound to. */
  getPort(): number {
    const address = Buffer.alloc(28);
    call('getsockname', this.fd, address, makeInt(address.length));
    return address.readUInt16BE(2);
  }

  /** The next waiting connection; null where there is none. */
  accept(): TcpSocket | null {
    // ECONNABORTED: the client has reset the connection before it was accepted.
    const fd = callUnless(['EAGAIN', 'ECONNABORTED'], 'accept4', this.fd, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC);
    return fd === null ? null : new TcpSocket(fd);
  }

  /** Starts to connect. @throws SystemCallError where the kernel refuses at once, for example without a route */
  connect(family: Family, address: string, port: number): void {
    const remote = makeSocketAddress(family, address, port);
    callUnless(['EINPROGRESS'], 'connect', this.fd, remote, remote.length);
  }

  /**
   * What has become of connect(): `connecting`, `connected`, or the name of an errno. An event loop asks the same: poll(2), then SO_ERROR.
   * SO_ERROR also has an error that does not end the connection: the ICMP error that answers the ACK of the handshake.
   * A second connect(2) would not do: it fails with EALREADY after an ICMP error.
   * @throws InternalError where the socket is closed without an error
   */
  getState(): string {
    entry.writeInt32LE(this.fd, 0);
    entry.writeUInt16LE(POLLOUT, EVENTS_AT);
    call('poll', entry, 1, 0);
    const found = entry.readUInt16LE(FOUND_AT);
    if (found === 0) {
      return 'connecting';
    }
    call('getsockopt', this.fd, SOL_SOCKET, SO_ERROR, number, fourBytes);
    const errno = number.readInt32LE();
    if (errno !== 0) {
      return getErrorName(errno);
    }
    if ((found & (POLLERR | POLLHUP)) !== 0) {
      throw new InternalError('the kernel has closed a TCP client, and gives no error');
    }
    return 'connected';
  }

  /** Sends as much as the kernel takes now. Returns the number of bytes. @throws SystemCallError */
  send(bytes: Uint8Array): number {
    return callUnless(['EAGAIN'], 'send', this.fd, bytes, bytes.length, MSG_NOSIGNAL) ?? 0;
  }

  /** The bytes that have arrived: none after the peer's FIN, null where nothing has come. They are valid until the next call. Or an errno. */
  receive(): Buffer | string | null {
    const length = attempt('recv', this.fd, inbox, inbox.length, 0);
    if (length >= 0) {
      return inbox.subarray(0, length);
    }
    return length === -constants.errno.EAGAIN ? null : getErrorName(-length);
  }

  /** Ends a connection with a RST, and frees its addresses and ports. See disconnectSocket(). */
  reset(): void {
    disconnectSocket(this.fd);
    this.close();
  }

  /** Ends a listener and the connections that nobody has accepted, at once: a copy of the descriptor in a new child does not delay it. */
  endListening(): void {
    callUnless(['ENOTCONN'], 'shutdown', this.fd, SHUT_RDWR);
    this.close();
  }

  close(): void {
    call('close', this.fd);
  }
}

/** The sockets among these that have a connection to accept, data to read, or an error. */
export function findReadable(sockets: TcpSocket[]): TcpSocket[] {
  const entries = Buffer.alloc(sockets.length * ENTRY_BYTES);
  sockets.forEach(({ fd }, place) => {
    entries.writeInt32LE(fd, place * ENTRY_BYTES);
    entries.writeUInt16LE(POLLIN, place * ENTRY_BYTES + EVENTS_AT);
  });
  return call('poll', entries, sockets.length, 0) === 0
    ? []
    : sockets.filter((_, place) => entries.readUInt16LE(place * ENTRY_BYTES + FOUND_AT) !== 0);
}

/**
 * Ends a TCP connection, or an attempt to connect, with a RST instead of a FIN. So there is no TIME_WAIT, and there are no late packets.
 *
 * It calls connect(2) with AF_UNSPEC: the kernel then sends the RST, and frees the addresses and ports at once. close(2) does this only for
 * the last file descriptor of the socket. A process that another thread has just forked has copies of all descriptors until its execve(2).
 * In that time a client on the same port got EADDRNOTAVAIL (once in 300 such connections under load).
 */
export function disconnectSocket(fd: number): void {
  call('connect', fd, NOBODY, NOBODY.length);
}
