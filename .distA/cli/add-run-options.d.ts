import { Option, type Command } from 'commander';
/** The options of `run`; what each becomes is RunCommandOptions. */
export declare function addRunOptions(command: Command): Command;
export declare const REPORTER_OPTION: () => Option;
export declare const BACKEND_OPTION: () => Option;
export declare const RULESET_OPTION: () => Option;
export declare const PATIENCE_OPTION: () => Option;
export declare function collect(value: string, earlier: string[] | undefined): string[];
