/**
 * loopfw as a library: read scenarios or write them as objects, run them, report. docs/library.md shows each function in a program.
 */

// Scenarios: from files, from texts, or as objects.
export { loadScenarios, type LoadOptions } from './input/load-scenarios.js';
export { parseScenarios, type ParseOptions, type ParsedScenarios } from './input/scenario/parse.js';
export type { BackendChoice, IncludedText, RulesetChoice, RulesetText } from './input/ruleset-files.js';
export type { ExpectationInput, ExpectedWord, ProbeInput, RuleInput, ScenarioFile, ScenarioInput } from './model/scenario-file.js';
export type { Scenario, Server, ProbeSpec, ScenarioRule } from './model/scenario.js';

// Runs and their results.
export { runScenario, type ScenarioOptions } from './library/run-scenario.js';
export { runSuite, type SuiteResult } from './library/suite.js';
export type { RunOptions } from './run/run-suite.js';
export { assertPassed } from './library/assert-passed.js';
export type * from './model/result.js';
export type { Capture } from './model/evidence.js';

// Worlds that live on: programs and sockets under faults and rules.
export { createWorld, type WorldOptions } from './library/create-world.js';
export type { World } from './library/world.js';
export type { HttpAgent, HttpAgentOptions, TcpSocket } from './library/node-types.js';
export type { ProgramOptions, ProgramResult } from './run/world/program-options.js';
export type { AskedProbe, RunningFault } from './run/world/control/client.js';
export type { FaultInWorld, ServerInWorld } from './run/world/control-types.js';
export type { JourneyInWorld } from './run/world/journey.js';

// Reports: functions of a result.
export { REPORTERS, type ReporterName } from './report/reporters.js';
export { getCoverage, type Coverage, type UnreachedRules } from './report/shared/coverage.js';
export type { Reporter, ReportOptions, TapVersion } from './report/shared/reporter.js';
export type { Pipeline } from './report/shared/pipeline.js';

// What goes wrong. `code` says who can fix it: usage, environment or internal.
export { CommandError, EnvironmentError, InternalError, SpecError, UsageError } from './model/errors.js';
export type { Diagnostic, Position } from './model/diagnostic.js';
