/** The caller's input cannot be used: every problem of every file, sorted. Exit code 2. */
export class SpecError extends Error {
    code = 'usage';
    diagnostics;
    constructor(diagnostics) {
        super(`${diagnostics.length} problem${diagnostics.length === 1 ? '' : 's'} in the scenario files`);
        this.name = 'SpecError';
        this.diagnostics = diagnostics;
    }
}
/** The command line cannot be used. Exit code 2. */
export class UsageError extends Error {
    code = 'usage';
    name = 'UsageError';
}
/** This machine cannot run a scenario: a missing command, a right that is denied. Exit code 3. */
export class EnvironmentError extends Error {
    code = 'environment';
    name = 'EnvironmentError';
    /** What can be done about it, each with its reason, the likeliest first. */
    remedies;
    constructor(message, remedies = []) {
        super(message);
        this.remedies = remedies;
    }
}
/** A command that loopfw ran did not do its work. Exit code 4. */
export class CommandError extends Error {
    code = 'internal';
    name = 'CommandError';
}
/** loopfw itself, or the sandbox that it started, did not do its work. Exit code 4. */
export class InternalError extends Error {
    code = 'internal';
    name = 'InternalError';
}
