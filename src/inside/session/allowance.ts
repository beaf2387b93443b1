import { setTimeout as sleep } from 'node:timers/promises';
import { countFreeDescriptors } from '../../kernel/process/descriptors.js';
import { readOpenFilesLimit } from '../../kernel/process/surroundings.js';
import type { ProbeProblem } from '../../model/evidence.js';
import { BURST, takeTurns } from './pace/pacing.js';

/** File descriptors of a probe: the client's socket, and the server's socket of the accepted connection. Both belong to this process. */
const DESCRIPTORS = 2;
/** File descriptors for other uses, such as a pipe to a command or a trace socket. */
const RESERVE = 32;
/** The number of threads in libuv's pool, in which blocking clients wait. The sandbox starts with UV_THREADPOOL_SIZE set. */
export const THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
/**
 * A check for a shortage takes up to a millisecond. It is omitted for so few probes, if none leaves a connection open and the limit is not
 * low.
 */
const FEW = 16;
const LOW_LIMIT = 4096;
/** The longest pause before the next check of what others have taken. */
const AGAIN_MS = 10;

const TAKEN_DESCRIPTORS = 0;
const TAKEN_THREADS = 1;

/** The probes for which resources are needed. */
export interface Need {
  probes: number;
  /** The number of blocking clients among them. */
  blocking: number;
  /** Whether connections stay open after the probes are decided. */
  isKept: boolean;
}

/**
 * The resources of one process, shared by all of its worlds: file descriptors, and threads for blocking clients. A shortage of them looks
 * like a reset or a timeout. So a world takes them before it starts probes, and waits if there are too few. The counts are in memory that
 * all threads share.
 */
export class Allowance {
  readonly memory: SharedArrayBuffer;
  readonly #taken: Int32Array;
  readonly #isLimitLow = (readOpenFilesLimit() ?? Infinity) <= LOW_LIMIT;

  constructor(memory = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#taken = new Int32Array(memory);
  }

  /** Runs `work` when there are enough resources for it. Returns a problem if there will never be enough. */
  async use<Value>(need: Need, work: () => Promise<Value>): Promise<{ value: Value } | ProbeProblem> {
    const { probes, blocking, isKept } = need;
    if (blocking > THREADS) {
      const problem = `${blocking} blocking clients cannot wait at once, only ${THREADS} can: make "parallel" smaller, or the clients nonblocking`;
      return { problem, isMachine: false };
    }
    const descriptors = probes * DESCRIPTORS + RESERVE;
    const isLooked = probes > FEW || isKept || this.#isLimitLow;
    for (;;) {
      const others = this.#add(TAKEN_DESCRIPTORS, descriptors);
      const otherThreads = this.#add(TAKEN_THREADS, blocking);
      try {
        // Descriptors that others have taken may be open already, and then they count twice. The only effect is a longer wait.
        const isShort = isLooked && countFreeDescriptors() < descriptors + others;
        if (isShort && others === 0) {
          // Descriptors that have just been closed may still count.
          await takeTurns(BURST);
          const free = countFreeDescriptors();
          if (free < descriptors) {
            const problem = `${probes} probes at once need ${descriptors} file descriptors, and only ${free} are free: raise the limit in the shell that starts loopfw (ulimit -n 1024), or make "parallel" or --jobs smaller`;
            return { problem, isMachine: true };
          }
        }
        if ((!isShort || others === 0) && (blocking === 0 || otherThreads + blocking <= THREADS)) {
          return { value: await work() };
        }
      } finally {
        this.#add(TAKEN_DESCRIPTORS, -descriptors);
        this.#add(TAKEN_THREADS, -blocking);
      }
      // The pause is random. Without that, waiting threads would check at the same moment, and see only each other.
      await sleep(1 + Math.random() * AGAIN_MS);
    }
  }

  /** Returns the count before the addition. */
  #add(cell: number, count: number): number {
    return Atomics.add(this.#taken, cell, count);
  }
}
