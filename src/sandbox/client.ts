import type { Duplex } from 'node:stream';
import { ERRORS } from '../model/errors.js';
import type { FlowReplies, Replies, Request } from '../model/message.js';
import { type PackedReplies, unpackReplies } from './packed-replies.js';
import { type Failure, FIRST_WORKER, type FromInside, readLines, type RequestMessage, type SessionOptions, toRequestLine } from './wire.js';

interface Waiting {
  /** Takes replies to probes, before the reply to the request. */
  take?: TakeReplies | undefined;
  resolve(reply: unknown): void;
  reject(error: unknown): void;
}

type TakeReplies = (replies: FlowReplies) => void;

/** Sends requests to a worker of the sandbox. A worker has one world at a time. */
export interface WorldClient {
  /** @param take takes the replies to the probes of the request, before the promise resolves */
  request<R extends Request>(request: R, take?: TakeReplies): Promise<Replies[R['type']]>;
}

/** The outside end of the session: it sends requests and matches the replies to them. It is also the client of the first worker. */
export class SessionClient implements WorldClient {
  readonly #stream: Duplex;
  readonly #waiting = new Map<number, Waiting>();
  /** Unsent requests by worker. Requests that are made together are written together. */
  readonly #outgoing = new Map<number, RequestMessage[]>();
  #nextId = 0;
  #lastWorker = FIRST_WORKER;
  #failure: Error | null = null;
  #isReady = false;
  #last = Promise.resolve();
  /** Resolves when the inside is ready for requests. Rejects when it fails before. */
  readonly ready: Promise<unknown>;

  constructor(stream: Duplex) {
    this.#stream = stream;
    this.ready = this.#waitFor(FIRST_WORKER);
    // Each message waits for the handlers of the one before, which a promise calls later: everything is taken in its order.
    readLines(stream, (line) => {
      this.#last = this.#last.then(() => this.#receive(JSON.parse(line) as FromInside));
    });
    // The inside may die while a request is written. The exit of its process reports that, so this error is ignored.
    stream.on('error', () => {});
    this.ready.then(() => (this.#isReady = true)).catch(() => {}); // a caller that awaits `ready` later still gets the error
  }

  /** Sends the first line. The inside waits for it before it becomes ready. */
  begin(options: SessionOptions): void {
    this.#stream.write(`${JSON.stringify(options)}\n`);
  }

  /** Whether the inside has ever been ready for requests. */
  get isReady(): boolean {
    return this.#isReady;
  }

  request<R extends Request>(request: R, take?: TakeReplies): Promise<Replies[R['type']]> {
    return this.#request(FIRST_WORKER, request, take);
  }

  /** Starts another worker, and resolves to its client when it is ready. @throws the session's failure */
  async addWorker(): Promise<WorldClient> {
    if (this.#failure !== null) {
      throw this.#failure;
    }
    const worker = ++this.#lastWorker;
    this.#stream.write(`${worker}\n`);
    await this.#waitFor(worker);
    return { request: (request, take) => this.#request(worker, request, take) };
  }

  #waitFor(worker: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(getReadyId(worker), { resolve, reject }));
  }

  #request<R extends Request>(worker: number, request: R, take: TakeReplies | undefined): Promise<Replies[R['type']]> {
    if (this.#failure !== null) {
      return Promise.reject(this.#failure);
    }
    const message: RequestMessage = { id: this.#nextId++, request };
    return new Promise<Replies[R['type']]>((resolve, reject) => {
      this.#waiting.set(message.id, { take, resolve, reject });
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

  /** Whether the sandbox has ended, or must not be used any more. */
  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Rejects all waiting and all later requests. The first failure counts. */
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
    if (message.type === 'replies') {
      this.#takeReplies(message.id, message.packed);
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
  #takeReplies(id: number, packed: PackedReplies): void {
    const waiting = this.#waiting.get(id);
    try {
      waiting?.take?.(unpackReplies(packed));
    } catch (error) {
      this.#waiting.delete(id);
      waiting?.reject(error);
    }
  }
}

/** The key of a worker's readiness in #waiting. No request has a negative number. */
function getReadyId(worker: number): number {
  return -1 - worker;
}

function toError({ code, message, remedies }: Failure): Error {
  return new ERRORS[code](message, remedies);
}
