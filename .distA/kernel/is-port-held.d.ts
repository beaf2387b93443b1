/** Whether a table of /proc/net (tcp, tcp6, udp, udp6) has a server at a port: at that address, or at all of them. */
export declare function isPortHeld(table: string, protocol: 'tcp' | 'udp', address: string, port: number): boolean;
