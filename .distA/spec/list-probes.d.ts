import type { ProbeSpec, Scenario } from '../model/scenario.js';
/** All probes of a scenario, phase by phase: each stands at its index. */
export declare function listProbes({ phases }: Pick<Scenario, 'phases'>): ProbeSpec[];
