import { createInterface } from 'node:readline/promises';
import { parseScenarios } from '../../../input/scenario/parse.js';
import { InternalError } from '../../../model/errors.js';
import type { Result } from '../../../model/result.js';
import type { Scenario } from '../../../model/scenario.js';
import { showStep, showWays } from '../../../report/teaching/tour.js';
import { runSuite } from '../../../run/run-suite.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { assertOutputOpen } from '../../output/standard-output.js';
import { getOutputColumns } from '../../output/terminal.js';
import { catchSignals } from '../signals.js';
import { type Step, STEPS, TIMEOUT_MS } from './steps.js';

/** `loopfw tour`: runs the steps, and shows them one by one on a terminal. Returns the exit code. */
export async function tourCommand(hasColors: boolean): Promise<number> {
  assertOutputOpen();
  const signals = catchSignals();
  // In full: a reader should see that the client really waits.
  const result = await runSuite(STEPS.map(toScenario), {
    patience: 'full',
    tryAdvice: false,
    jobs: STEPS.length,
    signal: signals.aborted,
  }).finally(() => signals.release());
  if (result.aborted) {
    process.stderr.write('loopfw: aborted\n');
    return signals.getExitCode();
  }
  const look = { color: hasColors, columns: getOutputColumns() };
  const all = STEPS.length + 1;
  const pages = [...STEPS.map((step, place) => showStep(step, place + 1, all, takeOne(result, place), look)), showWays(all, look)];
  await showPages(pages);
  return result.scenarios.some(({ error }) => error !== null) ? EXIT_CODES.internal : EXIT_CODES.passed;
}

function toScenario({ title, rules, server, to }: Step, place: number): Scenario {
  const document = {
    name: title,
    servers: server === null ? {} : { server },
    rules,
    probes: [{ from: '127.0.0.1', to, expect: 'connected', timeoutMs: TIMEOUT_MS }],
  };
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify(document), `step ${place + 1}`);
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new InternalError(diagnostics.map(({ message }) => message).join(', '));
  }
  // The tour judges nothing.
  const phases = scenario.phases.map(({ batches, ...phase }) => ({
    ...phase,
    batches: batches.map((batch) => batch.map((probe) => ({ ...probe, expect: {} }))),
  }));
  return { ...scenario, phases, warnings: [] };
}

function takeOne(result: Result, place: number): Result {
  return { ...result, scenarios: result.scenarios.slice(place, place + 1) };
}

/** Prints the pages. A terminal gets the next one when its user has pressed Enter. */
async function showPages(pages: string[]): Promise<void> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    process.stdout.write(pages.join('\n'));
    return;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const lines = terminal[Symbol.asyncIterator]();
  try {
    for (const [place, page] of pages.entries()) {
      process.stdout.write(page);
      if (place < pages.length - 1) {
        process.stdout.write('\nEnter goes on, q with Enter ends: ');
        const line: IteratorResult<string, undefined> = await lines.next();
        process.stdout.write('\n');
        if (line.done === true || /^q/i.test(line.value.trim())) {
          return;
        }
      }
    }
  } finally {
    terminal.close();
  }
}
