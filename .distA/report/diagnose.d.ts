import type { CounterResult, ProbeResult, ScenarioResult } from '../model/result.js';
import type { Yaml } from './print-yaml.js';
export type Diagnosis = {
    [key: string]: Yaml;
};
/** What a harness is told of a probe that did not pass; what is not known is left out. */
export declare function diagnoseProbe(probe: ProbeResult, scenario: ScenarioResult): Diagnosis;
/** The same for an interface's counter. */
export declare function diagnoseCounter({ status, expected, observed }: CounterResult, { file }: ScenarioResult): Diagnosis;
/** The same for a scenario as a whole: its probes have the reasons, unless it could not run. */
export declare function diagnoseScenario({ status, file, backend, error }: ScenarioResult): Diagnosis;
