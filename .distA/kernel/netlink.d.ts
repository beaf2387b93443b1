export declare const NETLINK_ROUTE = 0;
export declare const NFNL_SUBSYS_NFTABLES = 10;
export interface NetlinkMessage {
    type: number;
    /** Address family of the nfgenmsg header; meaningless where there is none. */
    family: number;
    /** The errno of an NLMSG_ERROR, which 0 makes an acknowledgement; else meaningless. */
    error: number;
    attributes: Buffer;
}
export type Attributes = Map<number, Buffer>;
/** A non-blocking netlink socket in the network namespace of the thread that made it. */
export declare class NetlinkSocket {
    #private;
    constructor(protocol?: number);
    /** Asks for a receive buffer of that many bytes; without privilege the kernel gives what rmem_max allows. */
    enlargeBuffer(bytes: number): void;
    joinGroup(group: number): void;
    /** Has the kernel say in words why it refuses something, and not send back what was asked. */
    askForReasons(): void;
    send(message: Buffer): void;
    /** The next datagram's messages; 'empty' where none waits, 'overrun' where the kernel had to throw some away (ENOBUFS). */
    receive(): NetlinkMessage[] | 'empty' | 'overrun';
    /** All messages of a type that wait, and whether the kernel had to throw some away. */
    drain(type: number): {
        messages: NetlinkMessage[];
        lost: boolean;
    };
    close(): void;
}
/** A number as netlink and setsockopt(2) take it: in the machine's own order. */
export declare function makeInt(value: number): Buffer;
/** Attributes by their type; of a type that comes twice, the last. */
export declare function parseAttributes(buffer: Buffer): Attributes;
/** The values of a list of attributes that are all of one type. */
export declare function listNested(list: Buffer | undefined): Buffer[];
export declare function readText(attributes: Attributes, type: number): string;
/** A netfilter request without attributes: header and nfgenmsg. */
export declare function makeRequest(type: number, flags: number, family: number): Buffer;
/** A netlink request without attributes. @param header what the request's protocol puts between netlink's header and the attributes */
export declare function makeMessage(type: number, flags: number, header: Buffer): Buffer;
export type AttributeList = [type: number, value: Buffer][];
/** The request with attributes behind it. */
export declare function withAttributes(request: Buffer, attributes: AttributeList): Buffer;
/** Attributes as they stand in a message, or in an attribute that holds others. */
export declare function makeAttributes(attributes: AttributeList): Buffer;
