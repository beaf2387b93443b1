import { readProcessorTime, readProcessorWait, readProcessorWaits } from '../../../kernel/process/processor.js';
import type { Delays } from '../../../model/evidence.js';
import type { Observer } from '../observer.js';

/**
 * An upper bound for the time that a trace message costs the sender, in ms. The cost grows with the number of messages, on both back ends.
 * Measured: 0.4 to 0.6 µs a message through 5 to 100 matching rules, 1.9 µs through 1,000, 4.0 µs through 2,000. The last is 8 ms a packet;
 * the rules alone need 42 µs. The constants are at least twice the measured values.
 */
const MESSAGE_MS = 0.002;
const MESSAGE_MS_MORE = 0.000004;

/**
 * Measures how late a client can be for reasons outside the network, from the construction of the meter on. There are two reasons: its
 * thread waits for a processor, and the kernel writes the trace during the client's system call.
 * Both are upper bounds: a time that they can explain is not judged. Of 150 probes with six busy loops on the same processor, 4 to 6 failed
 * without the meter, and none with it.
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
    // The time in which the event loop was active without a processor. It includes waits for locks of V8 or of the kernel. Their holders
    // may wait for a processor too: with 16 runs at once this took 20 to 80 ms.
    const blockedMs = this.#isBlocking ? 0 : busyMs - (readProcessorTime() - this.#runMs);
    const messages = this.#observer.countMessages() - this.#messages;
    const traceMs = messages * (MESSAGE_MS + messages * MESSAGE_MS_MORE);
    const isInThisThread = !this.#isBlocking && !this.#isElsewhere;
    return {
      waitedMs: wait === null || this.#wait === null ? null : round(Math.max(wait - this.#wait + this.#getLongestOfOthers(), blockedMs)),
      messages,
      tracedMs: round(isInThisThread ? Math.min(traceMs, busyMs) : traceMs),
    };
  }

  /** The longest wait of the other threads. A blocking client runs in a thread of libuv's pool, and it is unknown in which. */
  #getLongestOfOthers(): number {
    const waits = this.#isBlocking ? [...readProcessorWaits()] : [];
    return Math.max(0, ...waits.map(([thread, wait]) => wait - (this.#waits.get(thread) ?? 0)));
  }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
