import type { CommandRunner } from '../kernel/run-command.js';
import type { Replies, Request } from '../model/message.js';
import type { Program, ProgramEnd } from '../model/program.js';
import type { Allowance } from './allowance.js';
/** What the machine gives to a world. */
export interface Means {
    /** The network namespace that must never be touched. */
    callersNamespace: string;
    commands: CommandRunner;
    /** What the worlds of one sandbox share. */
    allowance: Allowance;
    /** Runs a program in the calling thread's network namespace, with the caller's privileges. */
    startProgram: (program: Program) => Promise<ProgramEnd>;
}
/** The order inside one world: open · control · apply · probe … · evidence · close. Each handler is one message's work. */
export declare class WorldSession {
    #private;
    constructor(means: Means);
    /** Requests may be made without waiting for the answers to those before them: after a failure all fail as it did, up to the close. */
    handle(request: Request): Promise<Replies[Request['type']]>;
}
