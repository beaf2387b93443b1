/** The longest time of a timer of Node.js, 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** Keeps the process alive while something is under way whose handles do not. */
export class KeepAlive {
  #count = 0;
  #timer: NodeJS.Timeout | undefined;

  async during<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#count++ === 0) {
      this.#timer = setInterval(() => {}, LONGEST_MS);
    }
    try {
      return await work();
    } finally {
      if (--this.#count === 0) {
        clearInterval(this.#timer);
      }
    }
  }
}
