import { type Command } from 'commander';
export declare function addExecCommand(program: Command, setExitCode: (code: number) => void): void;
