import { InternalError } from '../errors.js';
import type { ProbePlan } from '../model/plan.js';
import { getErrnoOutcome } from './errno-outcomes.js';
import { KeptReply } from './kept-reply.js';
import type { ClientView } from './running-probe.js';

/** How far a client reads for the text that it expects. */
const REPLY_LIMIT = 1 << 20;

/** What a client sees, as it goes: the same for every protocol. `view` settles at the client's time limit at the latest. */
export class ClientLog {
  readonly view: Promise<ClientView>;
  readonly #plan: ProbePlan;
  readonly #name: string;
  readonly #started = performance.now();
  #timer: NodeJS.Timeout;
  readonly #reply: KeptReply;
  #isConnected = false;
  #isFinished = false;
  #resolve: (view: ClientView) => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(plan: ProbePlan, port: number) {
    this.#plan = plan;
    this.#name = `${plan.from} port ${port}`;
    this.#reply = new KeptReply(plan.reply);
    this.view = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Who started the client may still be on its way back to listen.
    this.view.catch(() => {});
    this.#timer = setTimeout(() => this.#finishAtLimit(), plan.timeoutMs);
  }

  /** The connection stands, or there is none to wait for. */
  noteConnected(): void {
    this.#isConnected = true;
    if (this.#isAnswered() && this.#plan.reply === null) {
      this.#finish('connected', null);
    }
  }

  /** @returns whether more is of use */
  noteReceived(bytes: Uint8Array): boolean {
    this.notePart(bytes);
    if (this.#isAnswered() && this.#reply.hasWanted) {
      this.#finish('connected', null);
    }
    return !this.#isFinished;
  }

  /** The same of an answer that has an end to be waited for: what has come by REPLY_LIMIT is the answer. */
  notePart(bytes: Uint8Array): boolean {
    if (!this.#isFinished) {
      this.#reply.add(bytes);
    }
    if (this.#isAnswered() && this.#reply.bytes > REPLY_LIMIT) {
      this.#finish('connected', null);
    }
    return !this.#isFinished;
  }

  /** Nothing more will come. */
  noteEnd(): void {
    this.#finish('connected', null);
  }

  /** What a socket reported. An errno that speaks of the machine, or of bind(2), is no outcome: `view` rejects. */
  noteError({ code, syscall, message }: { code?: string | undefined; syscall?: string | undefined; message: string }): void {
    const outcome = syscall === 'bind' ? null : getErrnoOutcome(code ?? '');
    if (outcome === null) {
      clearTimeout(this.#timer);
      this.#reject(new InternalError(`the client ${this.#name} could not be made: ${message}`));
    } else {
      this.#finish(outcome, code ?? null);
    }
  }

  /** Stops waiting; `view` may then stay unsettled. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /**
   * Without anything to send, the handshake alone means connected. A banner comes by itself: to have sent something and have had
   * the banner is not to have been answered.
   */
  #isAnswered(): boolean {
    return !this.#plan.needsAnswer || this.#reply.bytes > this.#plan.bannerBytes;
  }

  /** What the client has seen when its time is over. */
  getViewAtLimit(): ClientView {
    const outcome = this.#isConnected && this.#isAnswered() ? 'connected' : 'timeout';
    return { outcome, errno: null, elapsedMs: this.#getElapsedMs(), reply: this.#reply.getText() };
  }

  #finishAtLimit(): void {
    const leftMs = this.#plan.timeoutMs - this.#getElapsedMs();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => this.#finishAtLimit(), Math.ceil(leftMs)); // Node's timers fire up to a millisecond early
    } else {
      // Timers come first in a turn of the event loop: what has come to a thread that could not run is heard before it is called silence.
      setImmediate(() => this.#resolve(this.getViewAtLimit()));
    }
  }

  #finish(outcome: ClientView['outcome'], errno: string | null): void {
    if (this.#isFinished) {
      return;
    }
    this.#isFinished = true;
    clearTimeout(this.#timer);
    this.#resolve({ outcome, errno, elapsedMs: this.#getElapsedMs(), reply: this.#reply.getText() });
  }

  #getElapsedMs(): number {
    return Math.round((performance.now() - this.#started) * 1000) / 1000;
  }
}
