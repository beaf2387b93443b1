import type { Patience } from '../model/plan.js';
import type { Backend } from '../model/result.js';
export interface ProbeCommandOptions {
    rule?: string[];
    expect?: string;
    send?: string;
    timeout?: number;
    blocking?: boolean;
    server: boolean;
    reporter?: string[];
    backend?: Backend[];
    patience: Patience;
}
/** `loopfw probe`: a scenario of one probe, and its answer with the whole journey. */
export declare function probeCommand(from: string, to: string, options: ProbeCommandOptions, hasColors: boolean): Promise<number>;
