import type { BackgroundCommand } from '../kernel/background-command.js';
import type { OutputTail } from '../kernel/output-tail.js';
import type { PortTable } from '../kernel/port-table.js';
import type { Server, ServerCommand } from '../model/scenario.js';
import type { RunningServer } from './start-server.js';
/** A server that is a real program. */
export declare class CommandServer implements RunningServer {
    #private;
    constructor(server: Server, command: ServerCommand, running: BackgroundCommand, output: OutputTail, ports: PortTable);
    /** @throws UsageError where it ends, or is not ready in time */
    waitUntilReady(): Promise<void>;
    /**
     * To be asked when clients have seen something: what they see of a program that has died is no outcome.
     * @throws UsageError where it has ended
     */
    assertRuns(): Promise<void>;
    stop(): Promise<void>;
}
