import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
/** A program that runs while others do, with its process group. */
export declare class BackgroundCommand {
    #private;
    readonly stdout: Readable;
    readonly stderr: Readable;
    /** How it ended, once it has; null while it runs. */
    end: string | null;
    readonly ended: Promise<void>;
    constructor(pid: number, child: EventEmitter, stdout: Readable, stderr: Readable);
    /** Ends its whole process group: asks with SIGTERM, and kills what is left when the program has ended or its time is over. */
    stop(graceMs: number): Promise<void>;
}
