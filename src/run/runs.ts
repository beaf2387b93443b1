import type { Diagnostic } from '../model/diagnostic.js';
import { EnvironmentError, SpecError } from '../model/errors.js';
import type { Backend, CoverageTotals, RunBackend, ScenarioResult, Status, Summary, Unreached } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { getRunBackend, isMixed, listIptables } from '../plan/parts.js';
import { assertInstalled } from '../sandbox/machine/host.js';
import { assertThreads, countAffordableFiles, getOpenFilesRemedy } from '../sandbox/machine/limits.js';

/** The client's socket, and the one that the server accepts. */
const FILES_PER_PROBE = 2;

/** One scenario on one back end, or on both together. */
export interface Run {
  scenario: Scenario;
  /** The back end of the rules that name none. */
  usual: Backend;
  /** The back ends that hold rules. */
  backend: RunBackend;
}

/**
 * Lists the runs of scenarios: one for each back end of the scenario, or for each chosen one instead. A back end decides whose iptables
 * applies the rules that name none. If the same back ends hold the rules of two runs, the second is left out: all rules name theirs, or
 * they are native.
 */
export function listRuns(scenarios: Scenario[], chosen: Backend[] | undefined): Run[] {
  return scenarios.flatMap((scenario) => {
    const runs = (chosen ?? scenario.backends).map((usual) => ({ scenario, usual, backend: getRunBackend(scenario, usual) }));
    return runs.filter((run, place) => runs.findIndex(({ backend }) => backend === run.backend) === place);
  });
}

/** Counts the probes of all scenarios by status, and the warnings. */
export function summarize(scenarios: ScenarioResult[], durationMs: number): Summary {
  const probes = scenarios.flatMap((scenario) => scenario.probes);
  const count = (status: Status) => probes.filter((probe) => probe.status === status).length;
  return {
    scenarios: scenarios.length,
    probes: probes.length,
    passed: count('passed'),
    failed: count('failed'),
    inconclusive: count('inconclusive'),
    errors: count('error'),
    warnings: scenarios.reduce((sum, { warnings }) => sum + warnings.length, 0),
    durationMs,
  };
}

/** Adds up the rules of all scenarios. null if it is not known of a rule why no packet reached it. */
export function sumCoverage(scenarios: ScenarioResult[]): CoverageTotals | null {
  const rules = scenarios.flatMap((scenario) => scenario.rules).filter(({ packets }) => packets !== null);
  const unreached = rules.filter(({ packets }) => packets === 0);
  const count = (name: Unreached['class']) => unreached.filter((rule) => rule.unreached?.class === name).length;
  return unreached.some((rule) => rule.unreached === undefined)
    ? null
    : {
        rules: rules.length,
        reached: rules.length - unreached.length,
        never: count('never'),
        unsendable: count('unsendable'),
        missing: count('missing'),
        unknown: count('unknown'),
      };
}

/**
 * Checks that no scenario runs a program without the caller's permission.
 * @throws SpecError for each server that is a program
 */
export function assertCommandsAllowed(scenarios: Scenario[]): void {
  const diagnostics = scenarios.flatMap(({ file, servers }) =>
    servers.flatMap(({ name, command }): Diagnostic[] => {
      if (command === null) {
        return [];
      }
      const { line, column, pointer, args } = command;
      const message = `server ${JSON.stringify(name)} is a program, ${args[0]}, and runs only with --allow-commands (LOOPFW_ALLOW_COMMANDS=1; in the library: allowCommands)`;
      return [{ file, line, column, pointer, message }];
    }),
  );
  if (diagnostics.length > 0) {
    throw new SpecError(diagnostics);
  }
}

/** Checks that the commands are there which apply the rules and make the ipsets. @throws EnvironmentError that names the package to install */
export function assertRulesApplicable(runs: Run[]): void {
  const needed = runs.flatMap(({ scenario, usual }) => {
    const ruleSets = scenario.phases.flatMap(({ ruleSet }) => (ruleSet === null ? [] : [ruleSet]));
    const usesNft = ruleSets.some(({ natives }) => natives.length > 0) || isMixed(scenario, usual);
    return [
      ...ruleSets.flatMap((ruleSet) => listIptables(ruleSet, usual)),
      ...(usesNft ? ['native' as const] : []),
      ...(scenario.ipsets.length > 0 ? ['ipset' as const] : []),
    ];
  });
  new Set(needed).forEach(assertInstalled);
}

/**
 * Counts the file descriptors that each scenario needs at once: one for each port of a server, two for each probe. A blocking client also
 * needs a thread.
 * @throws EnvironmentError for a scenario that needs more than the sandbox may have
 */
export function assertAffordable(scenarios: Scenario[]): void {
  const most = countAffordableFiles();
  for (const { file, name, servers, phases } of scenarios) {
    const ports = servers.reduce((sum, { command, port, lastPort }) => sum + (command === null ? lastPort - port + 1 : 0), 0);
    if (phases.some(({ batches }) => batches.flat().some(({ blocking }) => blocking))) {
      assertThreads('blocking');
    }
    const probes = Math.max(0, ...phases.flatMap(({ batches }) => batches).map((batch) => batch.length));
    const files = ports + probes * FILES_PER_PROBE;
    if (files > most) {
      throw new EnvironmentError(
        `${file}: ${JSON.stringify(name)} needs ${files} file descriptors, one for each of ${ports} servers' ports and two for each of ${probes} probes at once; the limit (ulimit -n) leaves ${most}`,
        [getOpenFilesRemedy(files)],
      );
    }
  }
}
