/**
 * Ports and ranges, separated by commas, in their own order: up to 15 ports, a range counts as two (iptables-extensions(8), multiport).
 * iptables refuses 80:80 here, which is written as 80, and open ranges.
 */
export declare function portList(text: string): string;
