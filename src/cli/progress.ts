import type { ScenarioResult } from '../model/result.js';
import { describeProgress } from './describe-progress.js';

/** A run that is over sooner than this needs no progress line. */
const QUIET_MS = 500;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[K';
/** Where a terminal does not say how wide it is. */
const USUAL_COLUMNS = 80;

export interface ProgressLine {
  expect(total: number): void;
  count(result: ScenarioResult): void;
  stop(): void;
}

/** Shows on a terminal's standard error how far a long run has come; elsewhere nothing. */
export function startProgress(): ProgressLine {
  let total: number | null = null;
  let done = 0;
  let notPassed = 0;
  let started = performance.now();
  let drawn = '';
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const text = describeProgress(
      { done, total, notPassed, elapsedMs: performance.now() - started },
      process.stderr.columns || USUAL_COLUMNS,
    );
    if (text !== drawn) {
      process.stderr.write(`${CLEAR_LINE}${text}`);
      drawn = text;
    }
  };
  const clear = () => {
    if (drawn !== '') {
      process.stderr.write(CLEAR_LINE);
      drawn = '';
    }
  };
  // A terminal that cannot go back in its line would fill with them.
  if (process.stderr.isTTY && process.env['TERM'] !== 'dumb') {
    timer = setTimeout(() => {
      draw();
      timer = setInterval(draw, REDRAW_MS);
    }, QUIET_MS);
    process.once('exit', clear); // a second Ctrl-C ends the program at once
  }
  return {
    expect: (number) => {
      total = number;
      started = performance.now();
    },
    count: ({ status }) => {
      done++;
      notPassed += status === 'passed' ? 0 : 1;
    },
    stop: () => {
      clearInterval(timer);
      process.off('exit', clear);
      clear();
    },
  };
}
