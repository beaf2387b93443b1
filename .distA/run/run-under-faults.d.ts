import type { Fault } from '../model/fault.js';
import type { Program, ProgramEnd } from '../model/program.js';
export interface RunningUnderFaults {
    ended: Promise<ProgramEnd>;
    signal(signal: NodeJS.Signals): void;
    /** Ends the program and everything in its world. */
    end(): Promise<void>;
}
/** Runs a program in a world of its own, with the caller's terminal, where some connections fail as the faults say. */
export declare function runUnderFaults(program: Program, faults: Fault[]): Promise<RunningUnderFaults>;
