import type { Duplex } from 'node:stream';
import { EnvironmentError, InternalError, UsageError } from '../errors.js';
import type { Replies, Request } from '../model/message.js';
import { readLines } from './read-lines.js';
import type { Failure, FromInside, ToInside } from './wire.js';

interface Waiting {
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

/** The outside's end of the session: sends requests and matches the replies to them. */
export class SessionClient {
  readonly #stream: Duplex;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #failure: Error | null = null;
  /** Settles when the inside is ready for requests, or will never be. */
  readonly ready: Promise<unknown>;

  constructor(stream: Duplex) {
    this.#stream = stream;
    this.ready = new Promise((resolve, reject) => this.#waiting.set(-1, { resolve, reject }));
    readLines(stream, (line) => this.#receive(JSON.parse(line) as FromInside));
    // The inside may die while a request is being written; that it has ended is told by its process.
    stream.on('error', () => {});
  }

  request<R extends Request>(request: R): Promise<Replies[R['type']]> {
    if (this.#failure !== null) {
      return Promise.reject(this.#failure);
    }
    const message: ToInside = { id: this.#nextId++, request };
    return new Promise<Replies[R['type']]>((resolve, reject) => {
      this.#waiting.set(message.id, { resolve: resolve, reject });
      this.#stream.write(`${JSON.stringify(message)}\n`);
    });
  }

  /** Signals the program that the world runs; without one nothing happens. */
  signal(signal: NodeJS.Signals): void {
    const message: ToInside = { signal };
    this.#stream.write(`${JSON.stringify(message)}\n`);
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
    const id = message.type === 'ready' ? -1 : message.id;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (message.type === 'failure') {
      waiting?.reject(toError(message.failure));
    } else {
      waiting?.resolve(message.type === 'reply' ? message.reply : undefined);
    }
  }
}

const ERRORS = {
  usage: UsageError,
  environment: EnvironmentError,
  internal: InternalError,
} satisfies Record<Failure['code'], new (message: string) => Error>;

function toError({ code, message }: Failure): Error {
  return new ERRORS[code](message);
}
