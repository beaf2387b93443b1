import type { Family, Negatable } from '../../model/rule.js';
/** All addresses of a family, which iptables-save leaves out. */
export declare const ANY_ADDRESS: {
    ipv4: string;
    ipv6: string;
};
/** The addresses of -s or -d; null is any address (iptables(8), -s). */
export declare function addressList(text: string, negated: boolean, family: Family): (Negatable | null)[];
