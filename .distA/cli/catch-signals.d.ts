export interface CaughtSignals {
    /** Aborted by the first signal. */
    aborted: AbortSignal;
    /** 128+n once signal n has come, else 0. */
    getExitCode(): number;
    release(): void;
}
/** Makes the first signal an orderly end, with a report; the second ends the program at once, and the sandbox with it. */
export declare function catchSignals(): CaughtSignals;
