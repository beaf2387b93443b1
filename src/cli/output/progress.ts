import type { ScenarioResult } from '../../model/result.js';
import { countNoun } from '../../words/phrases.js';

/** A shorter run shows no progress line. */
const QUIET_MS = 500;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[K';
/** The width where a terminal does not report one. */
const USUAL_COLUMNS = 80;
const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;

export interface ProgressLine {
  /** Takes how many there are, as far as that is known. */
  expect(total: number): void;
  count(result: Pick<ScenarioResult, 'status'>): void;
  /** Takes that the advice of a scenario begins to be tried, and that this has ended. */
  noteTrials(state: 'begin' | 'end'): void;
  stop(): void;
}

/** Shows the progress of a long run on standard error, where it is a terminal. @param noun what is counted */
export function startProgress(noun: NonNullable<Progress['noun']> = 'scenario'): ProgressLine {
  let total: number | null = null;
  let done = 0;
  let notPassed = 0;
  let trying = 0;
  let started = performance.now();
  let drawn = '';
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const text = describeProgress(
      { noun, done, total, notPassed, isTrying: trying > 0, elapsedMs: performance.now() - started },
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
      started = total === null ? performance.now() : started;
      total = number;
    },
    count: ({ status }) => {
      done++;
      notPassed += status === 'passed' ? 0 : 1;
    },
    noteTrials: (state) => {
      trying += state === 'begin' ? 1 : -1;
    },
    stop: () => {
      clearInterval(timer);
      process.off('exit', clear);
      clear();
    },
  };
}

export interface Progress {
  /** Default: scenario. */
  noun?: 'scenario' | 'world';
  done: number;
  /** null while the scenarios are read */
  total: number | null;
  notPassed: number;
  /** Whether advice is being tried. */
  isTrying: boolean;
  /** The time since the first scenario could start. */
  elapsedMs: number;
}

/**
 * One line, cut to a terminal's columns: `128 of 1000 scenarios, 2 not passed, 250 a second, 4 s left`.
 * The rate is that of the whole run so far: it does not jump, and the scenarios of a suite are similar.
 */
export function describeProgress({ noun = 'scenario', done, total, notPassed, isTrying, elapsedMs }: Progress, columns: number): string {
  const perSecond = done > 0 && elapsedMs > 0 ? (done * 1000) / elapsedMs : null;
  const parts = [
    total === null ? 'reading scenarios' : `${done} of ${countNoun(total, noun)}`,
    ...(notPassed === 0 ? [] : [`${notPassed} not passed`]),
    ...(isTrying ? ['trying advice'] : []),
    ...(perSecond === null ? [] : [showRate(perSecond)]),
    ...(perSecond === null || total === null || done >= total ? [] : [`${showTime((total - done) / perSecond)} left`]),
  ];
  // One column stays free: after the last column a terminal may already have moved the cursor to the next line.
  return parts.join(', ').slice(0, Math.max(0, columns - 1));
}

/** The rate in scenarios a second, or a minute below one a second, so that slow suites have a rate too. */
function showRate(perSecond: number): string {
  if (perSecond >= 10) {
    return `${Math.round(perSecond)} a second`;
  }
  return perSecond >= 1 ? `${perSecond.toFixed(1)} a second` : `${(perSecond * SECONDS_PER_MINUTE).toFixed(1)} a minute`;
}

function showTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < SECONDS_PER_MINUTE) {
    return `${whole} s`;
  }
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE);
  return minutes < MINUTES_PER_HOUR
    ? `${minutes} min ${whole % SECONDS_PER_MINUTE} s`
    : `${Math.floor(minutes / MINUTES_PER_HOUR)} h ${minutes % MINUTES_PER_HOUR} min`;
}
