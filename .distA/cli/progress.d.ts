import type { ScenarioResult } from '../model/result.js';
export interface Progress {
    expect(total: number): void;
    count(result: ScenarioResult): void;
    stop(): void;
}
/** Shows on a terminal's standard error how far a long run has come; elsewhere nothing. */
export declare function startProgress(): Progress;
