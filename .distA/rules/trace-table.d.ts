/** loopfw's own table in a native rule set, in which every packet is marked for the kernel's trace. */
export declare const TRACE_TABLE = "loopfw_trace";
/** The table's text, for the end of the same `nft -f` input. */
export declare function printTraceTable(hasInterfaces: boolean): string;
