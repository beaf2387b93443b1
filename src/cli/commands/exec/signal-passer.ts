import { constants } from 'node:os';
import type { RunningUnderFaults } from '../../../run/world/exec.js';

/** The signals that a program may want to handle. */
const SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;
/** The signals that a terminal's keys send to the whole process group. The program gets them directly. */
const KEYS: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/** The exit code of a process that a signal has ended, as shells have it. */
export function toExitCode(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/**
 * Passes signals on to the program, except Ctrl-C and Ctrl-\ in a terminal, which reach it directly.
 * The third signal ends the sandbox with the program. SIGUSR1 and SIGUSR2 do not count.
 */
export class SignalPasser {
  readonly #isTerminals = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  readonly #abort = new AbortController();
  #running: RunningUnderFaults | null = null;
  #count = 0;
  /** The signal that came before the program was started. */
  early: NodeJS.Signals | null = null;

  constructor() {
    for (const signal of SIGNALS) {
      process.on(signal, this.#onSignal);
    }
  }

  /** Aborted by a signal that comes before the program is started. */
  get aborted(): AbortSignal {
    return this.#abort.signal;
  }

  passTo(running: RunningUnderFaults): void {
    this.#running = running;
    if (this.early !== null) {
      void running.end();
    }
  }

  release(): void {
    SIGNALS.forEach((signal) => process.off(signal, this.#onSignal));
  }

  readonly #onSignal = (signal: (typeof SIGNALS)[number]): void => {
    const isForPrograms = signal === 'SIGUSR1' || signal === 'SIGUSR2';
    this.#count += isForPrograms ? 0 : 1;
    if (this.#running === null) {
      if (!isForPrograms) {
        this.early = signal;
        this.#abort.abort();
      }
    } else if (this.#count > 2) {
      void this.#running.end();
    } else if (!KEYS.includes(signal) || !this.#isTerminals) {
      this.#running.signal(signal);
    }
  };
}
