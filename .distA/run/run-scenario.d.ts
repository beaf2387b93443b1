import type { Capture } from '../model/capture.js';
import type { Patience } from '../model/plan.js';
import type { Backend, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import type { WorldClient } from '../sandbox/session-client.js';
export interface ScenarioRun {
    result: ScenarioResult;
    /** null where nobody asked for it, or where the probes did not come to their end. */
    capture: Capture | null;
}
export interface ScenarioOptions {
    patience: Patience;
    /** Whether the packets of the probes are to be kept. */
    isCaptured?: boolean;
}
/**
 * Runs one scenario in a world of its own: plan, observe, check the evidence, judge. What a client sees is a value;
 * an error means that loopfw could not do its work, and becomes the scenario's.
 */
export declare function runScenario(scenario: Scenario, backend: Backend, session: WorldClient, { patience, isCaptured }: ScenarioOptions): Promise<ScenarioRun>;
