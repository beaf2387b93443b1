import type { Surroundings } from '../model/surroundings.js';
/** Looks at what loopfw's rights hang on. Nothing is tried. */
export declare function readSurroundings(): Surroundings;
/** The soft limit of open files (proc_pid_limits(5)), which what loopfw starts inherits; null where there is none. */
export declare function readOpenFilesLimit(): number | null;
/** Whether this kernel has IPv6, and it was not switched off when it started. */
export declare function hasIPv6(): boolean;
