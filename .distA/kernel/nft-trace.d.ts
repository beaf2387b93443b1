import type { TraceReader } from './trace-reader.js';
/** What the kernel's nf_tables says of every packet that has the nftrace mark, in the namespace of the thread that made it. */
export declare class NftTraceSocket implements TraceReader {
    #private;
    constructor(bufferBytes: number);
    drain(): ReturnType<TraceReader['drain']>;
    close(): void;
}
