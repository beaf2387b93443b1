import type { Family } from '../model/rule.js';
export type Heard = {
    reply: string;
} | {
    errno: string;
};
/**
 * An ICMP echo client (RFC 792, RFC 4443) on a raw socket: unlike ping(8), which swallows EPERM and needs a process of its own, it sees
 * every error that the kernel has for it.
 */
export declare class IcmpSocket {
    #private;
    /** @throws SystemCallError where the source cannot be bound */
    constructor(family: Family, source: string, identifier: number);
    /** Sends one echo request. Gives the errno by its name where the stack refuses, else null. */
    send(family: Family, destination: string, data: string): string | null;
    /** What has come for this client; null where nothing has. */
    receive(): Heard | null;
    close(): void;
}
