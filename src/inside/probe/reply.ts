/** The most bytes in which a client searches for the expected text. */
export const REPLY_LIMIT = 1 << 20;

/** The most bytes of a reply that are kept. A report has a reply for each probe, and a program may send without end. */
const MOST_BYTES = 4096;

const NOTHING = Buffer.alloc(0);

/**
 * What a client receives: the number of bytes, whether the wanted text was in them, and the first bytes. If the wanted text comes later, it
 * is kept instead of them.
 */
export class KeptReply {
  readonly #wanted: Buffer | null;
  #head: Buffer = NOTHING;
  /** The last bytes received. The wanted text may have started in them. */
  #tail: Buffer = NOTHING;
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
      this.#tail = NOTHING;
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
