import type { Family } from '../../model/rule.js';
/**
 * ADDRESS[-ADDRESS][:PORT[-PORT]], or :PORT (iptables-extensions(8), SNAT and DNAT); IPv6 has [ADDRESS-ADDRESS]:PORT.
 */
export declare function natRange(text: string, family: Family): string;
/** PORT or PORT-PORT. */
export declare function natPorts(text: string): string;
