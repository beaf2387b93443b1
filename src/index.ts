/** loopfw as a library: read scenarios, run them, report. */
export { CommandError, EnvironmentError, InternalError, SpecError, UsageError } from './errors.js';
export { getCoverage, type Coverage } from './report/get-coverage.js';
export { REPORTERS, type ReporterName } from './report/reporters.js';
export type { Reporter, ReportOptions } from './report/reporter.js';
export { runSuite, type RunOptions } from './run/run-suite.js';
export { loadScenarios } from './spec/load-scenarios.js';
export { parseScenarios } from './spec/parse-scenarios.js';
export type { Capture } from './model/capture.js';
export type * from './model/result.js';
export type { Scenario, Server, ProbeSpec, ScenarioRule, Position } from './model/scenario.js';
export type { Diagnostic } from './model/diagnostic.js';
