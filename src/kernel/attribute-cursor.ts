import { alignLength, NLA_TYPE_MASK } from './netlink-message.js';

/** Iterates over attributes in the receive buffer, without an object for each. Call next() before each attribute; false means the end. */
export class AttributeCursor {
  readonly #view: DataView;
  readonly #end: number;
  #next: number;
  type = 0;
  /** The offsets of the value in the buffer; `end` is behind its last byte. */
  start = 0;
  end = 0;

  constructor(view: DataView, start: number, end: number) {
    this.#view = view;
    this.#next = start;
    this.#end = end;
  }

  next(): boolean {
    const offset = this.#next;
    const length = offset + 4 <= this.#end ? this.#view.getUint16(offset, true) : 0;
    if (length < 4) {
      return false;
    }
    this.type = this.#view.getUint16(offset + 2, true) & NLA_TYPE_MASK;
    this.start = offset + 4;
    this.end = Math.min(offset + length, this.#end);
    this.#next = offset + alignLength(length);
    return true;
  }
}
