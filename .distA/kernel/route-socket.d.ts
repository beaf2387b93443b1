import { type AttributeList } from './netlink.js';
/** Changes the calling thread's network namespace (rtnetlink(7)). In the process, for an ip(8) takes 5 to 10 ms a call. */
export declare class RouteSocket {
    #private;
    constructor();
    /** Adds what must not be there yet. @throws KernelRefusal */
    add(type: number, header: Buffer, attributes: AttributeList): void;
    /** Removes what is there. @throws KernelRefusal */
    remove(type: number, header: Buffer, attributes: AttributeList): void;
    close(): void;
}
