import type { TraceReader } from './trace-reader.js';
/** What the legacy TRACE target logs of every packet, by way of NFLOG's group 0, in the namespace of the thread that made it. */
export declare class NflogTraceSocket implements TraceReader {
    #private;
    constructor(bufferBytes: number);
    drain(): ReturnType<TraceReader['drain']>;
    /**
     * Gives the group back by itself: a child that another thread has just started holds a copy of the socket until its exec, and the group
     * would stay taken so long (EPERM for the next rule set of the same world).
     */
    close(): void;
}
