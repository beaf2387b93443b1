/**
 * loopfw as a library: read scenarios, run them, report. loadScenarios() reads files, rule set files too. parseScenarios() takes texts and
 * reads no file.
 */
export { CommandError, EnvironmentError, InternalError, SpecError, UsageError } from './model/errors.js';
export { getCoverage, type Coverage } from './report/shared/coverage.js';
export { REPORTERS, type ReporterName } from './report/reporters.js';
export type { Reporter, ReportOptions } from './report/shared/reporter.js';
export type { Pipeline } from './report/shared/pipeline.js';
export { runSuite, type RunOptions } from './run/run-suite.js';
export { loadScenarios, type LoadOptions } from './input/load-scenarios.js';
export { parseScenarios, type ParseOptions } from './input/scenario/parse.js';
export type { RulesetChoice, RulesetText } from './input/ruleset-files.js';
export type { Capture } from './model/evidence.js';
export type * from './model/result.js';
export type { Scenario, Server, ProbeSpec, ScenarioRule } from './model/scenario.js';
export type { Diagnostic, Position } from './model/diagnostic.js';
