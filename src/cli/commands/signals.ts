import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface CaughtSignals {
  /** Aborted by the first signal. */
  aborted: AbortSignal;
  /** 128+n after signal n, otherwise 0. */
  getExitCode(): number;
  release(): void;
}

/** Does what a signal ends. What is half done then has no report. */
export async function workUntilSignal<Done>(work: (aborted: AbortSignal) => Promise<Done>): Promise<{ done: Done } | { exitCode: number }> {
  const signals = catchSignals();
  try {
    return { done: await work(signals.aborted) };
  } catch (error) {
    if (signals.aborted.aborted) {
      process.stderr.write('loopfw: aborted\n');
      return { exitCode: signals.getExitCode() };
    }
    throw error;
  } finally {
    signals.release();
  }
}

/** Catches signals. The first ends the run in order, with a report. The second ends the program at once, and the sandbox with it. */
export function catchSignals(): CaughtSignals {
  const controller = new AbortController();
  let exitCode = 0;
  const onSignal = (signal: (typeof SIGNALS)[number]) => {
    if (exitCode !== 0) {
      process.exit(exitCode);
    }
    exitCode = 128 + constants.signals[signal];
    controller.abort();
    process.stdin.destroy(); // an open read of standard input would keep the program alive
  };
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  return {
    aborted: controller.signal,
    getExitCode: () => exitCode,
    release: () => SIGNALS.forEach((signal) => process.off(signal, onSignal)),
  };
}
