/**
 * The ports that are held in the network namespace that the calling thread was in when this was made (proc_net(5)). To look disturbs
 * nobody, as a connection would.
 */
export declare class PortTable {
    #private;
    constructor(protocol: 'tcp' | 'udp');
    /** Whether somebody listens there (tcp) or has bound it (udp), if need be on every address. */
    isHeld(address: string, port: number): boolean;
    close(): void;
}
