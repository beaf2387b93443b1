import { constants } from 'node:os';
import { type RunningUnderFaults, runUnderFaults } from '../../run/faults/exec.js';
import { describeTouched } from '../../run/faults/hits.js';
import { assertMayStart, parseFault } from '../../run/faults/parse.js';

export interface ExecCommandOptions {
  fault: string[];
  /** Whether a fault that nothing has touched makes the exit code 1. */
  expectHit?: boolean;
}

/** The signals that a program may want to handle. */
const SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;
/** The signals that a terminal's keys send to the whole process group. The program gets them directly. */
const KEYS: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/** `loopfw exec`: runs a program under faults. Returns the program's exit code, or 128+n where signal n ended it. */
export async function execCommand([command = '', ...args]: string[], { fault, expectHit = false }: ExecCommandOptions): Promise<number> {
  const faults = fault.map(parseFault);
  assertMayStart(faults);
  const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
  const signals = new SignalPasser();
  try {
    const running = await runUnderFaults({ command, args, env }, faults, signals.aborted);
    signals.passTo(running);
    const { exitCode, signal, problem } = await running.ended;
    if (problem !== null) {
      process.stderr.write(`loopfw: ${problem}\n`);
    }
    const code = exitCode ?? (signal === null ? 1 : getExitCode(signal));
    const touched = (await running.touched) ?? [];
    touched.forEach((each) => process.stderr.write(`${describeTouched(each)}\n`));
    return code === 0 && expectHit && touched.some(({ connections }) => connections === 0) ? 1 : code;
  } catch (error) {
    if (signals.early === null) {
      throw error;
    }
    return getExitCode(signals.early);
  } finally {
    signals.release();
  }
}

function getExitCode(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/**
 * Passes signals on to the program, except Ctrl-C and Ctrl-\ in a terminal, which reach it directly.
 * The third signal ends the sandbox with the program. SIGUSR1 and SIGUSR2 do not count.
 */
class SignalPasser {
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
