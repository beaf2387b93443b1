import { countNoun } from '../report/count-noun.js';
import { getCoverage } from '../report/get-coverage.js';
import { listRuns } from '../run/list-runs.js';
import { runSuiteIn } from '../run/run-suite.js';
import { loadScenarios } from '../spec/load-scenarios.js';
import { assertSelected } from './assert-selected.js';
import { describeLowCoverage } from './describe-low-coverage.js';
import { EXIT_CODES, getExitCode } from './exit-codes.js';
import { listScenarios } from './list-scenarios.js';
import { printWarnings } from './print-warnings.js';
import { startProgress } from './progress.js';
import { selectScenarios } from './select-scenarios.js';
import { writeReports } from './write-reports.js';
/** Reads while the sandbox starts, runs and reports; gives the exit code. */
export async function runSelected(prepared) {
    const { options, requests, hasColors, captures } = prepared;
    const { result, total, signalCode } = await run(prepared);
    await writeReports(result, requests, hasColors);
    captures?.assertWritten();
    return Math.max(getExitCode(result), signalCode, result.aborted ? EXIT_CODES.passed : checkWhole(result, total, options));
}
/** Names what would run; gives the exit code. */
export async function listSelected(paths, options) {
    process.stdout.write(listScenarios(await loadSelected(paths, options)));
    return EXIT_CODES.passed;
}
async function loadSelected(paths, { tag, grep, ruleset }) {
    const selection = { tags: tag ?? [], grep: grep ?? null };
    const all = await loadScenarios(paths, { ruleset, selects: (scenario) => selectScenarios([scenario], selection).length > 0 });
    const scenarios = selectScenarios(all, selection);
    assertSelected(scenarios, all, selection);
    return scenarios;
}
async function run({ paths, options, captures, signals, launching }) {
    const { backend, patience, bail, jobs, allowCommands } = options;
    const progress = startProgress();
    let total = 0;
    const reading = loadSelected(paths, options);
    reading
        .then((scenarios) => {
        printWarnings(scenarios);
        const runs = listRuns(scenarios, backend);
        captures?.expect(runs);
        progress.expect((total = runs.length));
    })
        .catch(() => { });
    try {
        const result = await runSuiteIn(launching, reading, {
            backends: backend,
            patience,
            bail: bail ?? process.env['LOOPFW_BAIL'] === '1',
            jobs,
            allowCommands: allowCommands ?? process.env['LOOPFW_ALLOW_COMMANDS'] === '1',
            signal: signals.aborted,
            ...(captures === null ? {} : { onCapture: (capture, _, place) => captures.write(capture, place) }),
            onScenario: (done) => progress.count(done),
        });
        return { result, total, signalCode: signals.getExitCode() };
    }
    finally {
        progress.stop();
        signals.release(); // a signal while reports are written ends the program at once
    }
}
/** Says what --bail left out. Coverage is asked of a whole run only: of a part it would say nothing. */
function checkWhole(result, total, { minCoverage }) {
    const leftOut = total - result.scenarios.length;
    if (leftOut > 0) {
        process.stderr.write(`loopfw: --bail left out ${countNoun(leftOut, 'scenario')}, after the first that did not pass\n`);
        return EXIT_CODES.passed;
    }
    const problem = minCoverage === undefined ? null : describeLowCoverage(getCoverage(result), minCoverage);
    if (problem === null) {
        return EXIT_CODES.passed;
    }
    process.stderr.write(`loopfw: ${problem}\n`);
    return EXIT_CODES.failed;
}
