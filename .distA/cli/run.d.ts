import type { RunCommandOptions } from './run-command-options.js';
/**
 * `loopfw run`: load, select, run, report; gives the exit code. The sandbox is on its way before most of loopfw's own code is loaded: it takes
 * longer than anything else here.
 */
export declare function runCommand(paths: string[], options: RunCommandOptions, hasColors: boolean): Promise<number>;
