import { InternalError } from '../../model/errors.js';
import type { ProbePlan } from '../../model/plan.js';
import type { Outcome } from '../../model/result.js';
import { KeptReply, REPLY_LIMIT } from './reply.js';
import type { ClientView } from './running.js';

/** The outcome for each errno of connect(2), send(2) or recv(2) (ip(7), tcp(7)). */
const ERRNO_OUTCOMES: Record<string, Outcome> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOPROTOOPT: 'unreachable',
  // An ICMP fragmentation-needed, or a datagram that is too long for the way.
  EMSGSIZE: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EINVAL: 'unreachable',
  EPERM: 'denied',
  EACCES: 'denied',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
};

/** The error of a system call. */
interface ClientError {
  code?: string | undefined;
  syscall?: string | undefined;
  message: string;
}

/** What a client has seen so far. Its rules are the same for every protocol: which event ends the wait, and with which outcome. */
export class ClientRecord {
  readonly #plan: ProbePlan;
  readonly #name: string;
  readonly #started = performance.now();
  readonly #reply: KeptReply;
  #isConnected = false;
  /** What the client saw; null while it waits. */
  view: ClientView | null = null;

  constructor(plan: ProbePlan, port: number) {
    this.#plan = plan;
    this.#name = `${plan.from} port ${port}`;
    this.#reply = new KeptReply(plan.reply);
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
    return this.view === null;
  }

  /**
   * Notes a part of an answer whose end will be noted, as in HTTP. After REPLY_LIMIT bytes the answer counts as complete.
   * @returns whether more data is useful
   */
  notePart(bytes: Uint8Array): boolean {
    if (this.view === null) {
      this.#reply.add(bytes);
    }
    if (this.#isAnswered() && this.#reply.bytes > REPLY_LIMIT) {
      this.#finish('connected', null);
    }
    return this.view === null;
  }

  /** Notes the end of the answer. */
  noteEnd(): void {
    this.#finish('connected', null);
  }

  /**
   * Notes the error of a socket.
   * @throws InternalError if the errno is about the machine (EMFILE, EADDRINUSE, …), or from bind(2): it is no outcome
   */
  noteError({ code, syscall, message }: ClientError): void {
    const outcome = syscall === 'bind' ? undefined : ERRNO_OUTCOMES[code ?? ''];
    if (outcome === undefined) {
      throw new InternalError(`the client ${this.#name} could not be made: ${message}`);
    }
    this.#finish(outcome, code ?? null);
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
    return { outcome, errno: null, elapsedMs: this.getElapsedMs(), reply: this.#reply.getText() };
  }

  /** The time since the client started, in ms. */
  getElapsedMs(): number {
    return Math.round((performance.now() - this.#started) * 1000) / 1000;
  }

  #finish(outcome: Outcome, errno: string | null): void {
    this.view ??= { outcome, errno, elapsedMs: this.getElapsedMs(), reply: this.#reply.getText() };
  }
}
