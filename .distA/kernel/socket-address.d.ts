import type { Family } from '../model/rule.js';
export declare const ADDRESS_FAMILIES: Record<Family, number>;
/** A sockaddr_in or sockaddr_in6 (ip(7), ipv6(7)). */
export declare function makeSocketAddress(family: Family, address: string, port: number): Buffer;
/** An address with or without a prefix length, in bytes. */
export declare function parsePrefix(text: string): {
    family: Family;
    bytes: Buffer;
    length: number;
};
