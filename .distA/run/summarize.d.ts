import type { ScenarioResult, Summary } from '../model/result.js';
export declare function summarize(scenarios: ScenarioResult[], durationMs: number): Summary;
