import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { disconnect } from './disconnect.js';
import type { ProbePlan } from '../model/plan.js';
import { ClientLog } from './client-log.js';
import type { OpenConnection, RunningProbe } from './running-probe.js';

/** A TCP connection that stands. */
export class TcpConnection implements OpenConnection {
  readonly #socket: Socket;
  readonly #port: number;
  /** Whether others will speak on it: its end has to be heard. */
  readonly #isKept: boolean;
  /** Whoever listens now: the client that opened it, or the one that has spoken last. */
  #log: ClientLog;
  #failure: NodeJS.ErrnoException | null = null;
  /** What the server says by itself, and what it has been told. */
  #bannerBytes: number;
  #saidBytes = 0;
  #heardBytes = 0;
  /** How much of what comes next is owed to those who have spoken before. */
  #bytesToSkip = 0;
  #timesSpoken = 0;
  #isAwaited = false;
  #hasEnded = false;

  /** Says what the client that has opened it has to say, and listens. */
  constructor(socket: Socket, plan: ProbePlan, port: number, log: ClientLog) {
    this.#socket = socket;
    this.#port = port;
    this.#log = log;
    this.#bannerBytes = plan.bannerBytes;
    this.#isKept = plan.open !== null;
    // Else small pieces wait until those before them are acknowledged (RFC 9293, 3.7.4), and so for what a rule has dropped.
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
   * What is not given is numbered: what was blocked earlier arrives by itself once it may, and people must be able to tell. Where the
   * server echoes, counting tells: all that was ever said comes back in its order.
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
        // Behind the end libuv reads no more, so what refuses the text shows at the next write only; an empty one sends nothing.
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

  /** Nothing more will come. To whoever waits for an answer that is none. */
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
