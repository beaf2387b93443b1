import type { Duplex } from 'node:stream';
import type { Replies, Request } from '../model/message.js';
/** Whoever has one world at a time: a worker of the sandbox. */
export interface WorldClient {
    request<R extends Request>(request: R): Promise<Replies[R['type']]>;
}
/** The outside's end of the session: sends requests and matches the replies to them. It is itself the first worker's client. */
export declare class SessionClient implements WorldClient {
    #private;
    /** Settles when the inside is ready for requests, or will never be. */
    readonly ready: Promise<unknown>;
    constructor(stream: Duplex);
    request<R extends Request>(request: R): Promise<Replies[R['type']]>;
    /** Starts another worker, and gives its client when it is ready. */
    addWorker(): Promise<WorldClient>;
    /** Signals the program that the world runs; without one nothing happens. */
    signal(signal: NodeJS.Signals): void;
    /** Whether the sandbox has ended or is not to be used any more. */
    get hasFailed(): boolean;
    /** Rejects what waits, and whatever is asked from now on. The first failure counts. */
    fail(error: Error): void;
}
