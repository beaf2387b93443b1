import type { ScenarioResult } from '../model/result.js';
import { describeProgress } from './describe-progress.js';

/** A shorter run shows no progress line. */
const QUIET_MS = 500;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[K';
/** The width where a terminal does not report one. */
const USUAL_COLUMNS = 80;

export interface ProgressLine {
  expect(total: number): void;
  count(result: ScenarioResult): void;
  stop(): void;
}

/** Shows the progress of a long run on standard error, where it is a terminal. */
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
  // A dumb terminal cannot redraw a line: it would fill with progress lines.
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
