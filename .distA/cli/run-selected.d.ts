import type { Sandbox } from '../sandbox/launch.js';
import type { CaptureWriter } from './capture-writer.js';
import type { CaughtSignals } from './catch-signals.js';
import type { ReporterRequest } from './parse-reporters.js';
import type { RunCommandOptions } from './run-command-options.js';
/** What `loopfw run` has made ready. */
interface Prepared {
    paths: string[];
    options: RunCommandOptions;
    requests: ReporterRequest[];
    hasColors: boolean;
    captures: CaptureWriter | null;
    signals: CaughtSignals;
    launching: Promise<Sandbox>;
}
/** Reads while the sandbox starts, runs and reports; gives the exit code. */
export declare function runSelected(prepared: Prepared): Promise<number>;
/** Names what would run; gives the exit code. */
export declare function listSelected(paths: string[], options: RunCommandOptions): Promise<number>;
export {};
