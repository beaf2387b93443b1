import { Command } from 'commander';
/** The whole command line. Each command's work is imported when it is asked for: --help and --version stay quick. */
export declare function makeProgram(setExitCode: (code: number) => void): Command;
