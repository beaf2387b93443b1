/**
 * loopfw as a library: read scenarios, run them, report. loadScenarios() reads files, rule set files too. parseScenarios() takes texts and
 * reads no file.
 */
export { CommandError, EnvironmentError, InternalError, SpecError, UsageError } from './errors.js';
export { getCoverage, type Coverage } from './report/get-coverage.js';
export { REPORTERS, type ReporterName } from './report/reporters.js';
export type { Reporter, ReportOptions } from './report/reporter.js';
export { runSuite, type RunOptions } from './run/run-suite.js';
export { loadScenarios, type LoadOptions } from './spec/load-scenarios.js';
export { parseScenarios, type ParseOptions } from './spec/parse-scenarios.js';
export type { RulesetChoice, RulesetText } from './spec/ruleset-files.js';
export type { Capture } from './model/capture.js';
export type * from './model/result.js';
export type { Scenario, Server, ProbeSpec, ScenarioRule } from './model/scenario.js';
export type { Diagnostic, Position } from './model/diagnostic.js';
