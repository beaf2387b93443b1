import type { Program, ProgramEnd } from '../model/program.js';
import type { ChildLedger } from './child-ledger.js';
export interface RunningProgram {
    ended: Promise<ProgramEnd>;
    kill(signal: NodeJS.Signals): void;
}
/**
 * Moves the calling thread into a network namespace for good and starts a program there, with this thread's privileges and this
 * process's standard input and outputs.
 */
export declare function runProgram(program: Program, namespace: number, ledger: ChildLedger): Promise<RunningProgram>;
