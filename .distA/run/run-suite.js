import { availableParallelism, release } from 'node:os';
import { InternalError, UsageError } from '../errors.js';
import { launchSandbox } from '../sandbox/launch.js';
import { assertCommandsAllowed } from './assert-commands-allowed.js';
import { getVersion } from './get-version.js';
import { listRuns } from './list-runs.js';
import { runScenario } from './run-scenario.js';
import { shareOut } from './share-out.js';
import { summarize } from './summarize.js';
/** Most of a scenario is waiting: for commands, and for what may still come. */
const JOBS_PER_PROCESSOR = 2;
/**
 * Runs scenarios in one sandbox, several at once, and gives the result document (schema/result.json), which has them in their own order.
 * The sandbox starts while scenarios that are a promise are still being read.
 * @throws whatever `reading` rejects with · UsageError for jobs that are no whole number of 1 or more · SpecError for a command that is not allowed · EnvironmentError where this machine cannot make a sandbox · InternalError where the sandbox died at its start
 */
export async function runSuite(reading, options = {}) {
    assertJobs(options.jobs);
    return runSuiteIn(launchSandbox({ signal: options.signal }), reading, options);
}
function assertJobs(jobs) {
    if (jobs !== undefined && !(Number.isInteger(jobs) && jobs >= 1)) {
        throw new UsageError(`jobs must be a whole number of 1 or more, not ${jobs}`);
    }
}
/** The same in a sandbox that has been started already, with the same signal; it is ended here. */
export async function runSuiteIn(launching, reading, { backends, patience = 'proof', signal, bail = false, allowCommands = false, jobs, onCapture, onScenario }) {
    const most = jobs ?? availableParallelism() * JOBS_PER_PROCESSOR;
    const started = performance.now();
    const { scenarios, sandbox } = await prepare(launching, allowCommands ? reading : readWithoutCommands(reading), signal);
    const abort = () => void sandbox?.end(new InternalError('aborted'));
    signal?.addEventListener('abort', abort, { once: true });
    const options = { patience, isCaptured: onCapture !== undefined };
    const runs = [];
    let iptables = null;
    let isOver = false;
    try {
        const work = async ({ scenario, backend }, place, world) => {
            const run = await runScenario(scenario, backend, world, options);
            // What has ended because the sandbox did is no result.
            if (isOver || signal?.aborted) {
                return false;
            }
            runs[place] = { ...run, capture: null };
            if (run.capture !== null) {
                await onCapture?.(run.capture, run.result, place);
            }
            onScenario?.(run.result);
            return !bail || run.result.status === 'passed';
        };
        if (sandbox !== null && !signal?.aborted) {
            const all = listRuns(scenarios, backends);
            await shareOut(all, sandbox.session, most, work);
            iptables = await readVersion(all, sandbox.session);
        }
    }
    finally {
        isOver = true;
        signal?.removeEventListener('abort', abort);
        await sandbox?.end();
    }
    const done = runs.filter((run) => run !== undefined);
    const all = done.map(({ result }) => result);
    const results = bail ? cutAfterFirstProblem(all) : all;
    return {
        version: 1,
        aborted: signal?.aborted ?? false,
        environment: {
            loopfw: getVersion(),
            node: process.version,
            kernel: release(),
            iptables,
            rootless: sandbox?.rootless ?? process.getuid?.() !== 0,
        },
        summary: summarize(results, Math.round((performance.now() - started) * 1000) / 1000),
        scenarios: results,
    };
}
/** What ran at the same time as the first scenario that does not pass is left out when it comes after it: as if one had run at a time. */
function cutAfterFirstProblem(results) {
    const place = results.findIndex(({ status }) => status !== 'passed');
    return place < 0 ? results : results.slice(0, place + 1);
}
async function readWithoutCommands(reading) {
    const scenarios = await reading;
    assertCommandsAllowed(scenarios);
    return scenarios;
}
/** Reads and launches side by side. What is wrong with the scenarios comes first: it is true on every machine. */
/** Asked when all is done, for it takes as long as a small scenario; null where it is not there, or no run has needed it. */
async function readVersion(runs, session) {
    const run = runs.find(({ scenario }) => scenario.phases.some(({ ruleSet }) => ruleSet?.kind === 'iptables'));
    return run === undefined ? null : session.request({ type: 'version', backend: run.backend }).catch(() => null);
}
async function prepare(launching, reading, signal) {
    const [scenarios, sandbox] = await Promise.allSettled([orNoneWhenAborted(reading, signal), launching]);
    if (scenarios.status === 'fulfilled' && (sandbox.status === 'fulfilled' || signal?.aborted)) {
        return { scenarios: scenarios.value, sandbox: sandbox.status === 'fulfilled' ? sandbox.value : null };
    }
    if (sandbox.status === 'fulfilled') {
        await sandbox.value.end();
    }
    throw scenarios.status === 'rejected' ? scenarios.reason : sandbox.reason;
}
/** Standard input may never end: an abort ends the waiting for it. */
function orNoneWhenAborted(reading, signal) {
    const aborted = new Promise((resolve) => signal?.addEventListener('abort', () => resolve([]), { once: true }));
    return Promise.race([reading, aborted]);
}
