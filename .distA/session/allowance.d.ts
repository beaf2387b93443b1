/** The threads in which blocking clients wait (UV_THREADPOOL_SIZE, as the sandbox is launched). */
export declare const THREADS: number;
export interface Need {
    probes: number;
    /** How many of them are blocking clients. */
    blocking: number;
    /** Whether connections stay when the probes are decided. */
    isKept: boolean;
}
/**
 * What one process has for all of its worlds: file descriptors, and threads for blocking clients. What runs out of them looks like a reset,
 * or like silence; so it is taken before probes are made, in memory that all threads share, and who finds too little waits for the others.
 */
export declare class Allowance {
    #private;
    readonly memory: SharedArrayBuffer;
    constructor(memory?: SharedArrayBuffer);
    /** Runs `work` once there is enough for it. Gives why there never will be, where that is so. */
    use<Value>(need: Need, work: () => Promise<Value>): Promise<{
        value: Value;
    } | {
        problem: string;
    }>;
}
