import type { Diagnostic } from './model/diagnostic.js';
/** The caller's input cannot be used: every problem of every file, sorted. Exit code 2. */
export declare class SpecError extends Error {
    readonly code = "usage";
    readonly diagnostics: Diagnostic[];
    constructor(diagnostics: Diagnostic[]);
}
/** The command line cannot be used. Exit code 2. */
export declare class UsageError extends Error {
    readonly code = "usage";
    name: string;
}
/** This machine cannot run a scenario: a missing command, a right that is denied. Exit code 3. */
export declare class EnvironmentError extends Error {
    readonly code = "environment";
    name: string;
    /** What can be done about it, each with its reason, the likeliest first. */
    readonly remedies: string[];
    constructor(message: string, remedies?: string[]);
}
/** A command that loopfw ran did not do its work. Exit code 4. */
export declare class CommandError extends Error {
    readonly code = "internal";
    name: string;
}
/** loopfw itself, or the sandbox that it started, did not do its work. Exit code 4. */
export declare class InternalError extends Error {
    readonly code = "internal";
    name: string;
}
