import type { Server } from '../model/scenario.js';
export interface RunningServer {
    /** Of a server that is a program. @throws UsageError where it has ended */
    assertRuns?(): Promise<void>;
    stop(): Promise<void>;
}
/** Starts a server in the calling thread's network namespace; it listens when the promise resolves. */
export declare function startServer(server: Server, port: number): Promise<RunningServer>;
