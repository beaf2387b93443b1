import type { Scenario } from '../model/scenario.js';
/** A line a scenario: `scenarios/reject.json: a REJECT tells the client at once [reject] (4 probes)`. */
export declare function listScenarios(scenarios: Scenario[]): string;
