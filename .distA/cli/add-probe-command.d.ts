import { type Command } from 'commander';
export declare function addProbeCommand(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void;
