import type { Family, Negatable } from '../../model/rule.js';
/** The number of a protocol, by name or number. 0 stands for all of them. */
export declare function protocolNumber(text: string): string;
/** The canonical name of a protocol: iptables' own, else its number, which is understood with and without /etc/protocols. */
export declare function getProtocolName(number: string): string;
/** A canonical name as people know it. */
export declare function showProtocol(name: string): string;
/** The protocol of -p; null is any, which iptables-save leaves out. */
export declare function protocol(text: string, negated: boolean, family: Family): Negatable | null;
