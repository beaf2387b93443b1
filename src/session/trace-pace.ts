import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Observer } from './observer.js';

/** More than these are not begun without a look at the trace, however much the kernel can keep: each look decides some. */
const MOST = 16;
/** The share of what the kernel can keep that may be used between two looks: others cost more than those before. */
const SHARE = 1 / 4;

/**
 * Reads the trace before the kernel has more of it than it can keep: after as many connects as will fit, by the messages that the last ones cost. An
 * ordinary user's buffer holds 332 messages as kernels come (net.core.rmem_max), and one connect makes three for each rule that its packets match.
 */
export class TracePace {
  readonly #observer: Observer;
  #messages: number;
  #begun = 0;
  #allowed = 1;

  constructor(observer: Observer) {
    this.#observer = observer;
    this.#messages = observer.countMessages();
  }

  /** To be called when a connect has been asked for, or an end. */
  async step(): Promise<void> {
    this.#begun++;
    if (this.#begun < this.#allowed) {
      return;
    }
    await nextTurn();
    const messages = this.#observer.countMessages();
    const cost = (messages - this.#messages) / this.#begun;
    this.#allowed = Math.max(1, Math.min(MOST, Math.floor((this.#observer.room * SHARE) / cost)));
    this.#messages = messages;
    this.#begun = 0;
  }
}

/** What retransmits and what servers say by themselves comes at any time. */
const PAUSE_MS = 5;
/** Where the kernel keeps little. */
const SHORT_PAUSE_MS = 1;

/** Reads the trace now and then, even where each client only waits for its limit, until the function that it gives is called. */
export function keepReading(observer: Observer): () => void {
  const pauseMs = observer.hasLittleRoom ? SHORT_PAUSE_MS : PAUSE_MS;
  const timer = setInterval(() => observer.countMessages(), pauseMs);
  return () => clearInterval(timer);
}
