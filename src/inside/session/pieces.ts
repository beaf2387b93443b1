import type { ProbeReply } from '../../model/evidence.js';
import type { FlowReplies } from '../../model/message.js';

/** The most replies in a piece. When the last of 10,000 probes is decided, the outside has read all others. */
const SIZE = 500;

/** Collects the replies of a flow in pieces, and sends each piece when it is complete. A piece may overtake an earlier one. */
export class ReplyPieces {
  readonly #first: number;
  readonly #count: number;
  readonly #send: (replies: FlowReplies) => void;
  readonly #pieces = new Map<number, { replies: ProbeReply[]; missing: number }>();

  /**
   * @param first the index of the flow's first probe
   * @param count the number of its probes
   */
  constructor(first: number, count: number, send: (replies: FlowReplies) => void) {
    this.#first = first;
    this.#count = count;
    this.#send = send;
  }

  /** @param place the probe's place in the flow */
  take(reply: ProbeReply, place: number): void {
    const start = place - (place % SIZE);
    const piece = this.#pieces.get(start) ?? { replies: [], missing: Math.min(SIZE, this.#count - start) };
    this.#pieces.set(start, piece);
    piece.replies[place - start] = reply;
    piece.missing--;
    if (piece.missing === 0) {
      this.#pieces.delete(start);
      this.#send({ first: this.#first + start, replies: piece.replies });
    }
  }
}
