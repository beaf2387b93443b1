import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
/**
 * One numeric address, of the rule's family; canonical as iptables-save prints it, which for IPv6 is RFC 5952.
 * Names are looked up on the network (10 s a rule), and iptables reads 127.010.0.1 as octal.
 *
 * @param whole what the message shall quote, where the address is part of something
 */
export declare function address(text: string, family: Family, whole?: string): string;
/** ipaddr.js reads ::1.2.3.4 as ::ffff:1.2.3.4, so the last four numbers are made two groups before. */
export declare function parseIPv6(text: string): ipaddr.IPv6;
