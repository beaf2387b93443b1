import type { Family } from '../../model/rule.js';
import { call, callBlocking, callUnless } from '../libc.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_STREAM } from '../socket-constants.js';
import { setOption, SO_REUSEADDR, SO_SNDTIMEO, SOL_SOCKET } from '../socket-options.js';
import { makeSocketAddress } from './address.js';

// sys/socket.h
const SHUT_RDWR = 2;

/** A TCP socket, bound in the calling thread's network namespace. Its connect(2) blocks: it runs in libuv's thread pool. */
export class BlockingConnection {
  readonly #fd: number;
  readonly #family: Family;

  /**
   * @param given the descriptor of a socket that is not bound, in the place of a new one
   * @throws SystemCallError where the address cannot be bound
   */
  constructor(family: Family, address: string, port: number, timeoutMs: number, given: number | null) {
    this.#family = family;
    this.#fd = given ?? call('socket', ADDRESS_FAMILIES[family], SOCK_STREAM | SOCK_CLOEXEC, 0);
    try {
      setOption(this.#fd, SOL_SOCKET, SO_REUSEADDR, 1);
      // SO_SNDTIMEO is the only time limit for a blocking connect(). When it is over, connect() fails with EINPROGRESS (socket(7)).
      const limit = Buffer.alloc(16);
      limit.writeBigInt64LE(BigInt(Math.floor(timeoutMs / 1000)), 0);
      limit.writeBigInt64LE(BigInt((timeoutMs % 1000) * 1000), 8);
      call('setsockopt', this.#fd, SOL_SOCKET, SO_SNDTIMEO, limit, limit.length);
      const local = makeSocketAddress(family, address, port);
      call('bind', this.#fd, local, local.length);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Resolves to the name of the errno, or to null when the connection is established. */
  connect(address: string, port: number): Promise<string | null> {
    const remote = makeSocketAddress(this.#family, address, port);
    return callBlocking('connect', this.#fd, remote, remote.length);
  }

  /** Ends a connect() in progress; without one it does nothing. */
  interrupt(): void {
    callUnless(['ENOTCONN'], 'shutdown', this.#fd, SHUT_RDWR);
  }

  /** Gives the descriptor to the caller, who must close it. */
  release(): number {
    return this.#fd;
  }

  close(): void {
    call('close', this.#fd);
  }
}
