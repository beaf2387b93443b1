import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Observer } from '../observer.js';

/** The most connects between two reads of the trace, even with a large buffer. Each read lets some probes be decided. */
const MOST = 16;
/** The share of the buffer that may fill between two reads. It is small, because the next connects may cost more than the last ones. */
const SHARE = 1 / 4;

/** The pause between two reads. Retransmissions and data that servers send unasked can come at any time. */
const PAUSE_MS = 5;
/** The pause with a small buffer. */
const SHORT_PAUSE_MS = 1;

/**
 * Reads the trace before the kernel's buffer is full. The number of connects between two reads follows from the messages that the last ones
 * caused. By default an ordinary user's buffer holds 332 messages (net.core.rmem_max). One connect causes three messages for each rule that
 * its packets match.
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

  /** To be called after each connect or close. */
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

/** Reads the trace at intervals, even while all clients only wait for their time limits. Returns the function that ends this. */
export function keepReading(observer: Observer): () => void {
  const pauseMs = observer.hasLittleRoom ? SHORT_PAUSE_MS : PAUSE_MS;
  const timer = setInterval(() => observer.countMessages(), pauseMs);
  return () => clearInterval(timer);
}
