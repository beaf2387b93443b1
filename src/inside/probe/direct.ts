import { SystemCallError } from '../../kernel/libc.js';
import { TcpSocket } from '../../kernel/sockets/tcp.js';
import type { ProbePlan } from '../../model/plan.js';
import { ClientRecord } from './record.js';
import type { ClientView } from './running.js';

const NOTHING = Buffer.alloc(0);

/**
 * A TCP client by system calls. Nothing happens by itself: look() takes what the kernel has for it. It sees the same as a client of
 * node:net (tcp.ts), sooner.
 */
export class DirectClient {
  readonly #plan: ProbePlan;
  readonly #record: ClientRecord;
  readonly #socket: TcpSocket;
  #isConnected = false;
  /** What is still to be sent. */
  #unsent: Buffer;

  /**
   * Binds the client and starts to connect.
   * @param given the descriptor of a blocking socket, in the place of a new one
   * @throws SystemCallError where it cannot be bound · InternalError for an error of connect(2) that is about the machine
   */
  constructor(plan: ProbePlan, port: number, given: number | null) {
    this.#plan = plan;
    this.#unsent = plan.send === null ? NOTHING : Buffer.from(plan.send);
    this.#socket = TcpSocket.bind(plan.family, plan.from, port, given);
    this.#record = new ClientRecord(plan, port);
    try {
      this.#attempt(() => this.#socket.connect(plan.family, plan.to.address, plan.to.port));
    } catch (error) {
      this.#socket.close();
      throw error;
    }
  }

  /** What the client saw; null while it waits. */
  get view(): ClientView | null {
    return this.#record.view;
  }

  /** What the client has seen so far, as if its time limit were now. */
  getViewAtLimit(): ClientView {
    return this.#record.getViewAtLimit();
  }

  get isConnecting(): boolean {
    return this.view === null && !this.#isConnected;
  }

  get isTimed(): boolean {
    return this.#plan.isTimed;
  }

  get isAtLimit(): boolean {
    return this.#record.getElapsedMs() >= this.#plan.timeoutMs;
  }

  /**
   * Takes what the kernel has for the client now. Returns what the client saw; null if it waits for more.
   * A client that has just connected sends at the next look. So the server's banner comes first, as with clients of node:net.
   */
  look(): ClientView | null {
    if (this.view === null && this.#isConnected) {
      this.#attempt(() => this.#talk());
    } else if (this.view === null) {
      this.#lookForConnection();
    }
    return this.view;
  }

  /** Ends the client with a RST. */
  close(): void {
    this.#socket.reset();
  }

  #lookForConnection(): void {
    const state = this.#socket.getState();
    if (state === 'connected') {
      this.#isConnected = true;
      this.#record.noteConnected();
    } else if (state !== 'connecting') {
      this.#record.noteError({ code: state, message: state });
    }
  }

  #talk(): void {
    if (this.#unsent.length > 0) {
      this.#unsent = this.#unsent.subarray(this.#socket.send(this.#unsent));
    }
    for (let bytes = this.#socket.receive(); bytes !== null && this.view === null; bytes = this.#socket.receive()) {
      if (typeof bytes === 'string') {
        this.#record.noteError({ code: bytes, message: bytes });
      } else if (bytes.length === 0) {
        this.#record.noteEnd();
      } else {
        this.#record.noteReceived(bytes);
      }
    }
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof SystemCallError)) {
        throw error;
      }
      this.#record.noteError({ code: error.errno, message: error.message });
    }
  }
}
