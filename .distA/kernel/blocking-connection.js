import { call, callBlocking, callUnless } from './libc.js';
import { ADDRESS_FAMILIES, makeSocketAddress } from './socket-address.js';
// bits/socket.h, asm-generic/socket.h
const SOCK_STREAM_CLOEXEC = 1 | 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_SNDTIMEO = 21;
const SHUT_RDWR = 2;
/** A TCP socket, bound in the calling thread's network namespace, whose connect(2) blocks: it runs in libuv's thread pool. */
export class BlockingConnection {
    #fd;
    #family;
    /** @throws SystemCallError where the address cannot be bound */
    constructor(family, address, port, timeoutMs) {
        this.#family = family;
        this.#fd = call('socket', ADDRESS_FAMILIES[family], SOCK_STREAM_CLOEXEC, 0);
        try {
            const one = Buffer.from([1, 0, 0, 0]);
            call('setsockopt', this.#fd, SOL_SOCKET, SO_REUSEADDR, one, one.length);
            // The only way to bound a blocking connect(): it then fails with EINPROGRESS (socket(7)).
            const limit = Buffer.alloc(16);
            limit.writeBigInt64LE(BigInt(Math.floor(timeoutMs / 1000)), 0);
            limit.writeBigInt64LE(BigInt((timeoutMs % 1000) * 1000), 8);
            call('setsockopt', this.#fd, SOL_SOCKET, SO_SNDTIMEO, limit, limit.length);
            const local = makeSocketAddress(family, address, port);
            call('bind', this.#fd, local, local.length);
        }
        catch (error) {
            this.close();
            throw error;
        }
    }
    /** Gives the errno by its name, or null when the connection stands. */
    connect(address, port) {
        const remote = makeSocketAddress(this.#family, address, port);
        return callBlocking('connect', this.#fd, remote, remote.length);
    }
    /** Ends a connect() under way; without one it does nothing. */
    interrupt() {
        callUnless(['ENOTCONN'], 'shutdown', this.#fd, SHUT_RDWR);
    }
    /** Hands the descriptor over: whoever takes it must close it. */
    release() {
        return this.#fd;
    }
    close() {
        call('close', this.#fd);
    }
}
