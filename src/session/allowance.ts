import { setTimeout as sleep } from 'node:timers/promises';
import { countFreeDescriptors } from '../kernel/count-free-descriptors.js';
import type { ProbeProblem } from '../model/evidence.js';
import { BURST, takeTurns } from './let-servers-accept.js';
import { readOpenFilesLimit } from '../kernel/read-surroundings.js';

/** A client's and the one that the server accepts: all of them are this process's. */
const DESCRIPTORS = 2;
/** What is opened besides, now and then: a pipe to a command, a trace socket. */
const RESERVE = 32;
/** The threads in which blocking clients wait (UV_THREADPOOL_SIZE, as the sandbox is launched). */
export const THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
/** To look for a shortage takes up to a millisecond: a few probes that go when they are decided cannot make one, where the limit is not low. */
const FEW = 16;
const LOW_LIMIT = 4096;
/** How long a look at what others have taken is put off, at the most. */
const AGAIN_MS = 10;

const TAKEN_DESCRIPTORS = 0;
const TAKEN_THREADS = 1;

export interface Need {
  probes: number;
  /** How many of them are blocking clients. */
  blocking: number;
  /** Whether connections stay when the probes are decided. */
  isKept: boolean;
}

/**
 * What one process has for all of its worlds: file descriptors, and threads for blocking clients. What runs out of them looks like a reset,
 * or like silence; so it is taken before probes are made, in memory that all threads share, and who finds too little waits for the others.
 */
export class Allowance {
  readonly memory: SharedArrayBuffer;
  readonly #taken: Int32Array;
  readonly #isLimitLow = (readOpenFilesLimit() ?? Infinity) <= LOW_LIMIT;

  constructor(memory = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#taken = new Int32Array(memory);
  }

  /** Runs `work` once there is enough for it. Gives why there never will be, where that is so. */
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
        // What others have taken may be open already, and is then counted twice: who waits for them waits rather too long.
        const isShort = isLooked && countFreeDescriptors() < descriptors + others;
        if (isShort && others === 0) {
          // What has just been closed may still count.
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
      // Not all at the same moment, or they would see only each other.
      await sleep(1 + Math.random() * AGAIN_MS);
    }
  }

  /** Gives what was taken before. */
  #add(cell: number, count: number): number {
    return Atomics.add(this.#taken, cell, count);
  }
}
