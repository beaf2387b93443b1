/** How much of a reply is kept: a report has one for each probe, and a program may send without end. */
const MOST_BYTES = 4096;

/** What a client receives: how much of it, whether a text was in it, and the beginning, or that text where it comes later. */
export class KeptReply {
  readonly #wanted: Buffer | null;
  #head = Buffer.alloc(0);
  /** The end of what has come, in which the wanted text may have begun. */
  #tail = Buffer.alloc(0);
  #found: Buffer | null = null;
  /** Of all that has come. */
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

  /** Nothing but what was received stands in it, so that no text can be found in it that was not. */
  getText(): string | null {
    if (this.bytes === 0) {
      return null;
    }
    const isLater = this.#wanted !== null && this.#found !== null && !this.#head.includes(this.#wanted);
    return (isLater ? (this.#found ?? this.#head) : this.#head).toString();
  }
}
