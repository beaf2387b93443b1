import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProbePlan } from '../../model/plan.js';
import { disconnect } from '../../kernel/sockets/disconnect.js';
import { ClientLog } from './log.js';
import type { OpenConnection, RunningProbe } from './running.js';

/** An established TCP connection. */
export class TcpConnection implements OpenConnection {
  readonly #socket: Socket;
  readonly #port: number;
  /** Whether later probes use it. It is then read all the time, so that its end is noticed. */
  readonly #isKept: boolean;
  /** The log of the current client: the one that opened the connection, or the one that has sent last. */
  #log: ClientLog;
  #failure: NodeJS.ErrnoException | null = null;
  /** The bytes that the server sends unasked, the bytes that were sent to it, and the bytes received. */
  #bannerBytes: number;
  #saidBytes = 0;
  #heardBytes = 0;
  /** The number of bytes still to come that answer earlier clients. */
  #bytesToSkip = 0;
  #timesSpoken = 0;
  #isAwaited = false;
  #hasEnded = false;

  /** Sends the data of the client that opened the connection, and listens. */
  constructor(socket: Socket, plan: ProbePlan, port: number, log: ClientLog) {
    this.#socket = socket;
    this.#port = port;
    this.#log = log;
    this.#bannerBytes = plan.bannerBytes;
    this.#isKept = plan.open !== null;
    // Turns off Nagle's algorithm (RFC 9293, 3.7.4) on a connection that stays open. Otherwise small segments wait for the ACK of earlier
    // data, even of data that a rule has dropped.
    socket.setNoDelay(plan.open !== null);
    socket.on('data', (chunk) => this.#hear(chunk));
    socket.on('end', () => this.#hearEnd());
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(error));
    if (plan.send !== null) {
      this.#say(plan.send);
    }
    log.noteConnected();
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /**
   * Sends a text on the connection, and waits for the answer. The default text has a number. Data that was blocked earlier arrives later,
   * when a rule lets it pass, and the number shows which data it is. If the server echoes, bytes are counted: everything that was ever sent
   * comes back in order.
   */
  speak(plan: ProbePlan): RunningProbe {
    this.#log.stop();
    const text = plan.send ?? `loopfw ${++this.#timesSpoken}\n`;
    const owedBytes = plan.isEcho ? Buffer.byteLength(text) : 1;
    if (this.#saidBytes === 0) {
      this.#bannerBytes = Math.max(this.#bannerBytes, this.#heardBytes);
    }
    this.#bytesToSkip = plan.isEcho ? Math.max(0, this.#bannerBytes + this.#saidBytes - this.#heardBytes) : 0;
    this.#isAwaited = true;
    const log = new ClientLog({ ...plan, bannerBytes: plan.reply === null ? owedBytes - 1 : 0 }, this.#port);
    this.#log = log;
    log.noteConnected();
    if (this.#failure !== null) {
      log.noteError(this.#failure);
    } else {
      this.#say(text);
      if (this.#hasEnded) {
        // After the server's FIN, libuv reads no more. So a RST that answers the text shows only at the next write. An empty write sends
        // nothing.
        void nextTurn().then(() => this.#socket.write(''));
      }
    }
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => this, close: () => log.stop() };
  }

  close(): void {
    disconnect(this.#socket);
  }

  #say(text: string): void {
    this.#saidBytes += Buffer.byteLength(text);
    this.#socket.write(text);
  }

  #hear(chunk: Buffer): void {
    this.#heardBytes += chunk.length;
    const skipped = Math.min(this.#bytesToSkip, chunk.length);
    this.#bytesToSkip -= skipped;
    if (skipped < chunk.length) {
      this.#isAwaited = false;
      const isMoreOfUse = this.#log.noteReceived(chunk.subarray(skipped));
      if (!isMoreOfUse && !this.#isKept) {
        this.#socket.pause();
      }
    }
  }

  /** Notes the end of the server's data. For a client that waits for an answer, the end is no answer. */
  #hearEnd(): void {
    this.#hasEnded = true;
    if (!this.#isAwaited) {
      this.#log.noteEnd();
    }
  }

  #fail(error: NodeJS.ErrnoException): void {
    this.#failure = error;
    this.#log.noteError(error);
  }
}
