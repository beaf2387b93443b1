import type { TraceEvent } from '../../model/evidence.js';
import type { RunBackend } from '../../model/result.js';
import { NflogTraceSocket } from './nflog.js';
import { NftTraceSocket } from './nft.js';
import { TRACE_BUFFER_BYTES } from './open.js';
import type { TraceReader } from './reader.js';

/** The most events that wait for a reader which does not read. */
const MOST_WAITING = 50_000;

/**
 * The kernel's trace of a namespace, for several readers: each gets all events. The kernel gives NFLOG's group to one socket only, and two
 * sockets would not tell in which order their messages came.
 */
export class SharedTrace {
  #socket: TraceReader = new NftTraceSocket(TRACE_BUFFER_BYTES);
  #hasLegacy = false;
  readonly #readers = new Set<SharedReader>();

  /**
   * Opens a reader. From the first legacy rule set on, all readers get the legacy trace too.
   * @throws InternalError where the kernel does not give out NFLOG's group
   */
  open(backend: RunBackend): TraceReader {
    if (backend !== 'nft' && !this.#hasLegacy) {
      this.#pass();
      const earlier = this.#socket;
      this.#socket = new NflogTraceSocket(TRACE_BUFFER_BYTES);
      this.#hasLegacy = true;
      earlier.close();
    }
    const reader = new SharedReader({
      pass: () => this.#pass(),
      getBufferBytes: () => this.#socket.getBufferBytes(),
      leave: () => this.#readers.delete(reader),
    });
    this.#pass();
    this.#readers.add(reader);
    return reader;
  }

  close(): void {
    this.#socket.close();
  }

  #pass(): void {
    const { events, lost } = this.#socket.drain();
    this.#readers.forEach((reader) => reader.take(events, lost));
  }
}

interface Source {
  pass: () => void;
  getBufferBytes: () => number;
  leave: () => void;
}

class SharedReader implements TraceReader {
  readonly #source: Source;
  #waiting: TraceEvent[][] = [];
  #count = 0;
  #lost = false;

  constructor(source: Source) {
    this.#source = source;
  }

  take(events: TraceEvent[], lost: boolean): void {
    this.#lost ||= lost;
    if (this.#count > 0 && this.#count + events.length > MOST_WAITING) {
      this.#clear();
      this.#lost = true;
    }
    this.#waiting.push(events);
    this.#count += events.length;
  }

  drain(): ReturnType<TraceReader['drain']> {
    this.#source.pass();
    const drained = { events: this.#waiting.length === 1 ? (this.#waiting[0] ?? []) : this.#waiting.flat(), lost: this.#lost };
    this.#clear();
    this.#lost = false;
    return drained;
  }

  #clear(): void {
    this.#waiting = [];
    this.#count = 0;
  }

  getBufferBytes(): number {
    return this.#source.getBufferBytes();
  }

  close(): void {
    this.#source.leave();
  }
}
