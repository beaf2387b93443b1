import type { Result } from '../model/result.js';
/** 0 all passed · 1 failed or inconclusive · 2 usage or scenario error, or no probe · 3 the environment cannot run it · 4 internal error · 128+n signal. */
export declare const EXIT_CODES: {
    readonly passed: 0;
    readonly failed: 1;
    readonly usage: 2;
    readonly environment: 3;
    readonly internal: 4;
};
/** The highest of what happened. */
export declare function getExitCode({ summary, scenarios }: Result): number;
