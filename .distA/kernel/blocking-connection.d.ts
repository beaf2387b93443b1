import type { Family } from '../model/rule.js';
/** A TCP socket, bound in the calling thread's network namespace, whose connect(2) blocks: it runs in libuv's thread pool. */
export declare class BlockingConnection {
    #private;
    /** @throws SystemCallError where the address cannot be bound */
    constructor(family: Family, address: string, port: number, timeoutMs: number);
    /** Gives the errno by its name, or null when the connection stands. */
    connect(address: string, port: number): Promise<string | null>;
    /** Ends a connect() under way; without one it does nothing. */
    interrupt(): void;
    /** Hands the descriptor over: whoever takes it must close it. */
    release(): number;
    close(): void;
}
