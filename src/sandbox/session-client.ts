import type { Duplex } from 'node:stream';
import { EnvironmentError, InternalError, UsageError } from '../errors.js';
import type { Replies, Request } from '../model/message.js';
import { readLines } from './read-lines.js';
import { FIRST_WORKER, toRequestLine, type Failure, type FromInside, type RequestMessage } from './wire.js';

interface Waiting {
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

/** Whoever has one world at a time: a worker of the sandbox. */
export interface WorldClient {
  request<R extends Request>(request: R): Promise<Replies[R['type']]>;
}

/** The outside's end of the session: sends requests and matches the replies to them. It is itself the first worker's client. */
export class SessionClient implements WorldClient {
  readonly #stream: Duplex;
  readonly #waiting = new Map<number, Waiting>();
  /** What is asked in one go is written in one go. */
  readonly #outgoing = new Map<number, RequestMessage[]>();
  #nextId = 0;
  #lastWorker = FIRST_WORKER;
  #failure: Error | null = null;
  /** Settles when the inside is ready for requests, or will never be. */
  readonly ready: Promise<unknown>;

  constructor(stream: Duplex) {
    this.#stream = stream;
    this.ready = this.#waitFor(FIRST_WORKER);
    readLines(stream, (line) => this.#receive(JSON.parse(line) as FromInside));
    // The inside may die while a request is being written; that it has ended is told by its process.
    stream.on('error', () => {});
  }

  request<R extends Request>(request: R): Promise<Replies[R['type']]> {
    return this.#request(FIRST_WORKER, request);
  }

  /** Starts another worker, and gives its client when it is ready. */
  async addWorker(): Promise<WorldClient> {
    if (this.#failure !== null) {
      throw this.#failure;
    }
    const worker = ++this.#lastWorker;
    this.#stream.write(`${worker}\n`);
    await this.#waitFor(worker);
    return { request: (request) => this.#request(worker, request) };
  }

  #waitFor(worker: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(getReadyId(worker), { resolve, reject }));
  }

  #request<R extends Request>(worker: number, request: R): Promise<Replies[R['type']]> {
    if (this.#failure !== null) {
      return Promise.reject(this.#failure);
    }
    const message: RequestMessage = { id: this.#nextId++, request };
    return new Promise<Replies[R['type']]>((resolve, reject) => {
      this.#waiting.set(message.id, { resolve: resolve, reject });
      this.#send(worker, message);
    });
  }

  #send(worker: number, message: RequestMessage): void {
    const others = this.#outgoing.get(worker);
    if (others !== undefined) {
      others.push(message);
      return;
    }
    const messages = [message];
    this.#outgoing.set(worker, messages);
    queueMicrotask(() => {
      this.#outgoing.delete(worker);
      this.#stream.write(toRequestLine(worker, messages));
    });
  }

  /** Whether the sandbox has ended or is not to be used any more. */
  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Rejects what waits, and whatever is asked from now on. The first failure counts. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(this.#failure);
    }
    this.#waiting.clear();
  }

  #receive(message: FromInside): void {
    if (message.type === 'fatal') {
      this.fail(toError(message.failure));
      return;
    }
    const id = message.type === 'ready' ? getReadyId(message.worker) : message.id;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (message.type === 'failure') {
      waiting?.reject(toError(message.failure));
    } else {
      waiting?.resolve(message.type === 'reply' ? message.reply : undefined);
    }
  }
}

/** Under which the readiness of a worker is waited for: no request has a negative number. */
function getReadyId(worker: number): number {
  return -1 - worker;
}

const ERRORS = {
  usage: UsageError,
  environment: EnvironmentError,
  internal: InternalError,
} satisfies Record<Failure['code'], new (message: string, remedies: string[]) => Error>;

function toError({ code, message, remedies }: Failure): Error {
  return new ERRORS[code](message, remedies);
}
