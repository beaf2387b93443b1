import { readProcessorTime, readProcessorWait, readProcessorWaits } from '../kernel/read-processor-waits.js';
import type { Delays } from '../model/evidence.js';
import type { Observer } from './observer.js';

/**
 * The most that a trace message costs its sender, in ms. Measured: 0.4 to 0.6 µs through 5 to 100 matching rules, 1.9 through 1,000, 4.0 through
 * 2,000 (8 ms a packet, for which the rules alone need 42 µs), on both back ends; so it grows with their number. Here each is taken twice or more.
 */
const MESSAGE_MS = 0.002;
const MESSAGE_MS_MORE = 0.000004;

/**
 * Measures what makes a client late that is not the client's time, from when it is made on: that its thread waits for a processor, and that
 * the kernel writes the trace while the client is in its system call. Both as much as they can be at the most: what they may explain is not judged.
 * Of 150 probes with six busy loops on the same processor, 4 to 6 failed without it, and none with it.
 */
export class DelayMeter {
  readonly #observer: Observer;
  readonly #isBlocking: boolean;
  readonly #isElsewhere: boolean;
  readonly #messages: number;
  readonly #wait: number | null;
  readonly #waits: Map<string, number>;
  readonly #runMs = readProcessorTime();
  readonly #loop = performance.eventLoopUtilization();

  /**
   * @param isBlocking whether the client waits in another thread, one of libuv's pool
   * @param isElsewhere whether the kernel may process the client's packets on another processor
   */
  constructor(observer: Observer, isBlocking: boolean, isElsewhere: boolean) {
    this.#observer = observer;
    this.#isBlocking = isBlocking;
    this.#isElsewhere = isElsewhere;
    this.#messages = observer.countMessages();
    this.#waits = isBlocking ? readProcessorWaits() : new Map<string, number>();
    this.#wait = readProcessorWait();
  }

  stop(): Delays {
    const wait = readProcessorWait();
    const busyMs = performance.eventLoopUtilization(this.#loop).active;
    // Busy without a processor: besides waiting for one, the thread waits for others that do (16 runs at once: 20 to 80 ms on a lock of V8's or the kernel's).
    const stoodMs = this.#isBlocking ? 0 : busyMs - (readProcessorTime() - this.#runMs);
    const messages = this.#observer.countMessages() - this.#messages;
    const traceMs = messages * (MESSAGE_MS + messages * MESSAGE_MS_MORE);
    const isInThisThread = !this.#isBlocking && !this.#isElsewhere;
    return {
      waitedMs: wait === null || this.#wait === null ? null : round(Math.max(wait - this.#wait + this.#getLongestOfOthers(), stoodMs)),
      messages,
      tracedMs: round(isInThisThread ? Math.min(traceMs, busyMs) : traceMs),
    };
  }

  /** A blocking client is in one of the pool's threads, and nobody can say in which: the one that waited longest, at the most. */
  #getLongestOfOthers(): number {
    const waits = this.#isBlocking ? [...readProcessorWaits()] : [];
    return Math.max(0, ...waits.map(([thread, wait]) => wait - (this.#waits.get(thread) ?? 0)));
  }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
