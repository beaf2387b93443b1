import type { ScenarioResult } from '../model/result.js';
/** A scenario's name; the back end too, where it is not the usual one: a scenario may have run on both. Not yet harmless. */
export declare function nameScenario({ name, backend }: ScenarioResult): string;
