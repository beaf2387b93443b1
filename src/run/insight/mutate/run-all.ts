import { availableParallelism } from 'node:os';
import type { Backend, ScenarioResult } from '../../../model/result.js';
import type { Scenario } from '../../../model/scenario.js';
import { runSuite } from '../../run-suite.js';

/** How many worlds one sandbox makes: the results of all of them are held at once. */
const CHUNK = 256;
/**
 * How many worlds run at once for each processor. With more of them, the processors are busy with the workers themselves. Clients that wait
 * leave the processors idle.
 */
const AT_ONCE = 2;
export const AT_ONCE_WAITING = 8;

export interface MutateOptions {
  /** The back end on which everything runs, instead of the first one of each scenario. */
  backend: Backend | null;
  allowCommands: boolean;
  jobs: number | undefined;
  signal: AbortSignal;
  /** Is told how many worlds there will be, as far as that is known. */
  onPlanned: (worlds: number) => void;
  /** Is told of each world that has ended. */
  onDone: () => void;
}

/** Runs scenarios of one back end each, in their order. */
export async function runAll(
  scenarios: Scenario[],
  { allowCommands, jobs, signal, onDone }: MutateOptions,
  atOnce = AT_ONCE,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (let start = 0; start < scenarios.length; start += CHUNK) {
    const chunk = scenarios.slice(start, start + CHUNK);
    const run = await runSuite(chunk, {
      signal,
      jobs: jobs ?? availableParallelism() * atOnce,
      allowCommands,
      tryAdvice: false,
      onScenario: onDone,
    });
    signal.throwIfAborted();
    results.push(...run.scenarios);
  }
  return results;
}
