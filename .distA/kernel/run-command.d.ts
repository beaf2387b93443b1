import { BackgroundCommand } from './background-command.js';
import type { ChildLedger } from './child-ledger.js';
import { type CommandName } from './find-command.js';
export interface StartOptions {
    cwd?: string;
    env?: Record<string, string>;
}
/** Starts the commands of one thread, each in that thread's namespace and with its privileges. */
export declare class CommandRunner {
    #private;
    constructor(ledger: ChildLedger);
    /**
     * Runs a command to its end and gives its standard output. Its environment is fixed, its input is `input` and nothing else. The thread
     * waits: with nothing else to do meanwhile, that takes a third of the processor time of streams and promises (1.3 ms instead of 4.0).
     *
     * @throws CommandError unless it exits with 0 in time · EnvironmentError where it is not installed
     */
    run(name: CommandName, args: string[], input?: string): Promise<string>;
    /**
     * Starts a program that goes on while others run; it reads nothing, and is in a process group of its own.
     * @throws EnvironmentError where it cannot even be started
     */
    start(path: string, args: string[], { cwd, env }?: StartOptions): Promise<BackgroundCommand>;
}
