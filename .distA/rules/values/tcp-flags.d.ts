/** TCP flags separated by commas, or ALL or NONE; iptables-save spells ALL out. */
export declare function tcpFlags(text: string): string;
