import type { Readable } from 'node:stream';
/** The end of what a program writes, of all its outputs as they come, and whether a text was in it. */
export declare class OutputTail {
    #private;
    hasWanted: boolean;
    constructor(streams: Readable[], wanted: string | null);
    /** The last of its lines that are not empty. */
    getLastLines(count: number): string[];
}
