import { InternalError } from '../../model/errors.js';
import type { ProbePlan } from '../../model/plan.js';
import type { Outcome } from '../../model/result.js';
import type { ClientView } from './running.js';

/** The most bytes in which a client searches for the expected text. */
const REPLY_LIMIT = 1 << 20;

/** The most bytes of a reply that are kept. A report has a reply for each probe, and a program may send without end. */
const MOST_BYTES = 4096;

/** The outcome for each errno of connect(2), send(2) or recv(2) (ip(7), tcp(7)). */
const ERRNO_OUTCOMES: Record<string, Outcome> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOPROTOOPT: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EINVAL: 'unreachable',
  EPERM: 'denied',
  EACCES: 'denied',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
};

/** Records what a client sees, in the same way for every protocol. `view` settles at the client's time limit at the latest. */
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
    // Prevents an unhandled rejection: the code that starts the client may await `view` only a turn later.
    this.view.catch(() => {});
    this.#timer = setTimeout(() => this.#finishAtLimit(), plan.timeoutMs);
  }

  /** Notes that the client is connected, or that its protocol has no connection. */
  noteConnected(): void {
    this.#isConnected = true;
    if (this.#isAnswered() && this.#plan.reply === null) {
      this.#finish('connected', null);
    }
  }

  /** @returns whether more data is useful */
  noteReceived(bytes: Uint8Array): boolean {
    this.notePart(bytes);
    if (this.#isAnswered() && this.#reply.hasWanted) {
      this.#finish('connected', null);
    }
    return !this.#isFinished;
  }

  /**
   * Notes a part of an answer whose end will be noted, as in HTTP. After REPLY_LIMIT bytes the answer counts as complete.
   * @returns whether more data is useful
   */
  notePart(bytes: Uint8Array): boolean {
    if (!this.#isFinished) {
      this.#reply.add(bytes);
    }
    if (this.#isAnswered() && this.#reply.bytes > REPLY_LIMIT) {
      this.#finish('connected', null);
    }
    return !this.#isFinished;
  }

  /** Notes the end of the answer. */
  noteEnd(): void {
    this.#finish('connected', null);
  }

  /** Notes the error of a socket. If the errno is about the machine, or from bind(2), it is no outcome, and `view` rejects. */
  noteError({ code, syscall, message }: { code?: string | undefined; syscall?: string | undefined; message: string }): void {
    const outcome = syscall === 'bind' ? null : getErrnoOutcome(code ?? '');
    if (outcome === null) {
      clearTimeout(this.#timer);
      this.#reject(new InternalError(`the client ${this.#name} could not be made: ${message}`));
    } else {
      this.#finish(outcome, code ?? null);
    }
  }

  /** Stops the time limit. `view` may then never settle. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /**
   * Whether the server has answered. If the client sends nothing, the handshake is enough. A server sends its banner unasked, so only bytes
   * after the banner are an answer to what the client sent.
   */
  #isAnswered(): boolean {
    return !this.#plan.needsAnswer || this.#reply.bytes > this.#plan.bannerBytes;
  }

  /** What the client has seen so far, as if its time limit were now. */
  getViewAtLimit(): ClientView {
    const outcome = this.#isConnected && this.#isAnswered() ? 'connected' : 'timeout';
    return { outcome, errno: null, elapsedMs: this.#getElapsedMs(), reply: this.#reply.getText() };
  }

  #finishAtLimit(): void {
    const leftMs = this.#plan.timeoutMs - this.#getElapsedMs();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => this.#finishAtLimit(), Math.ceil(leftMs)); // Node.js timers fire up to a millisecond early
    } else {
      // A turn of the event loop begins with its timers. Without setImmediate(), data that arrived while the thread could not run would
      // count as a timeout.
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

/** The outcome for an errno. null if the errno is about the machine (EMFILE, EADDRINUSE, …), not about the network. */
function getErrnoOutcome(errno: string): Outcome | null {
  return ERRNO_OUTCOMES[errno] ?? null;
}

/**
 * What a client receives: the number of bytes, whether the wanted text was in them, and the first bytes. If the wanted text comes later, it
 * is kept instead of them.
 */
export class KeptReply {
  readonly #wanted: Buffer | null;
  #head = Buffer.alloc(0);
  /** The last bytes received. The wanted text may have started in them. */
  #tail = Buffer.alloc(0);
  #found: Buffer | null = null;
  /** The number of bytes received. */
  bytes = 0;

  constructor(wanted: string | null) {
    this.#wanted = wanted === null ? null : Buffer.from(wanted);
  }

  add(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    const room = MOST_BYTES - this.#head.length;
    if (room > 0) {
      this.#head = Buffer.concat([this.#head, bytes.subarray(0, room)]);
    }
    if (this.#wanted !== null && this.#found === null) {
      this.#search(this.#wanted, bytes);
    }
  }

  #search(wanted: Buffer, bytes: Uint8Array): void {
    const searched = Buffer.concat([this.#tail, bytes]);
    const place = searched.indexOf(wanted);
    if (place >= 0) {
      this.#found = Buffer.from(searched.subarray(place, place + Math.max(wanted.length, MOST_BYTES)));
      this.#tail = Buffer.alloc(0);
    } else {
      this.#tail = Buffer.from(searched.subarray(Math.max(0, searched.length - wanted.length + 1)));
    }
  }

  get hasWanted(): boolean {
    return this.#wanted === null || this.#found !== null;
  }

  /**
   * The kept text; null if nothing was received. Nothing is added to it, not even an ellipsis. So a search in it cannot find a text that
   * was not received.
   */
  getText(): string | null {
    if (this.bytes === 0) {
      return null;
    }
    const isLater = this.#wanted !== null && this.#found !== null && !this.#head.includes(this.#wanted);
    return (isLater ? (this.#found ?? this.#head) : this.#head).toString();
  }
}
