import type { ProbePlan } from '../../model/plan.js';
import { ClientRecord } from './record.js';
import type { ClientView } from './running.js';

/** Records what a client of the event loop sees, in the same way for every protocol. `view` settles at the client's time limit at the latest. */
export class ClientLog {
  readonly view: Promise<ClientView>;
  readonly #record: ClientRecord;
  readonly #timeoutMs: number;
  #timer: NodeJS.Timeout;
  #resolve: (view: ClientView) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(plan: ProbePlan, port: number) {
    this.#record = new ClientRecord(plan, port);
    this.#timeoutMs = plan.timeoutMs;
    this.view = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Prevents an unhandled rejection: the code that starts the client may await `view` only a turn later.
    this.view.catch(() => {});
    this.#timer = setTimeout(() => this.#finishAtLimit(), plan.timeoutMs);
  }

  /** Notes that the client is connected, or that its protocol has no connection. */
  noteConnected(): void {
    this.#record.noteConnected();
    this.#settle();
  }

  /** @returns whether more data is useful */
  noteReceived(bytes: Uint8Array): boolean {
    this.#record.noteReceived(bytes);
    return this.#settle();
  }

  /** Notes a part of an answer whose end will be noted, as in HTTP. @returns whether more data is useful */
  notePart(bytes: Uint8Array): boolean {
    this.#record.notePart(bytes);
    return this.#settle();
  }

  /** Notes the end of the answer. */
  noteEnd(): void {
    this.#record.noteEnd();
    this.#settle();
  }

  /** Notes the error of a socket. If the errno is about the machine, or from bind(2), it is no outcome, and `view` rejects. */
  noteError(error: Parameters<ClientRecord['noteError']>[0]): void {
    try {
      this.#record.noteError(error);
      this.#settle();
    } catch (problem) {
      clearTimeout(this.#timer);
      this.#reject(problem);
    }
  }

  /** Stops the time limit. `view` may then never settle. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** What the client has seen so far, as if its time limit were now. */
  getViewAtLimit(): ClientView {
    return this.#record.getViewAtLimit();
  }

  #finishAtLimit(): void {
    const leftMs = this.#timeoutMs - this.#record.getElapsedMs();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => this.#finishAtLimit(), Math.ceil(leftMs)); // Node.js timers fire up to a millisecond early
    } else {
      // A turn of the event loop begins with its timers. Without setImmediate(), data that arrived while the thread could not run would
      // count as a timeout.
      setImmediate(() => this.#resolve(this.getViewAtLimit()));
    }
  }

  /** Resolves `view` when the record has one. @returns whether the client still waits */
  #settle(): boolean {
    const { view } = this.#record;
    if (view === null) {
      return true;
    }
    clearTimeout(this.#timer);
    this.#resolve(view);
    return false;
  }
}
