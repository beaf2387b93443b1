/** A command that runs in a world, with the caller's terminal. */
export interface Program {
    command: string;
    args: string[];
    /** The whole environment. */
    env: Record<string, string>;
}
/** How it ended: by an exit code, or by a signal. */
export interface ProgramEnd {
    exitCode: number | null;
    signal: NodeJS.Signals | null;
    /** Why it could not be started; null where it was. */
    problem: string | null;
}
