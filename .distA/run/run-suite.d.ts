import type { Capture } from '../model/capture.js';
import type { Patience } from '../model/plan.js';
import type { Backend, Result, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { type Sandbox } from '../sandbox/launch.js';
export interface RunOptions {
    /** instead of the scenarios' own */
    backends?: Backend[] | undefined;
    /** default: proof */
    patience?: Patience;
    /** Ends the run early: the result is then marked aborted and leaves out what had not finished. */
    signal?: AbortSignal;
    /** Ends the run after the first scenario that does not pass: the result is whole as far as it goes, and not marked aborted. */
    bail?: boolean;
    /** Whether servers that are programs of the scenarios' own may run. They have the rights of an ordinary user, and of files what that user has. */
    allowCommands?: boolean;
    /** How many scenarios run at once, at the most; default: two for each processor, for most of a scenario is waiting */
    jobs?: number | undefined;
    /**
     * Where it is given, the packets of each scenario's probes are captured; called before onScenario, and waited for.
     * @param place of the scenario among all runs, from 0
     */
    onCapture?: (capture: Capture, result: ScenarioResult, place: number) => void | Promise<void>;
    /** Called as each scenario ends: in no certain order where several run at once. */
    onScenario?: (result: ScenarioResult) => void;
}
/**
 * Runs scenarios in one sandbox, several at once, and gives the result document (schema/result.json), which has them in their own order.
 * The sandbox starts while scenarios that are a promise are still being read.
 * @throws whatever `reading` rejects with · UsageError for jobs that are no whole number of 1 or more · SpecError for a command that is not allowed · EnvironmentError where this machine cannot make a sandbox · InternalError where the sandbox died at its start
 */
export declare function runSuite(reading: Scenario[] | Promise<Scenario[]>, options?: RunOptions): Promise<Result>;
/** The same in a sandbox that has been started already, with the same signal; it is ended here. */
export declare function runSuiteIn(launching: Promise<Sandbox>, reading: Scenario[] | Promise<Scenario[]>, { backends, patience, signal, bail, allowCommands, jobs, onCapture, onScenario }: RunOptions): Promise<Result>;
