/**
 * The pids of loopfw's own children, shared by the threads of the sandbox.
 * The sandbox is PID 1: it inherits every orphan and must reap it. But libuv must reap loopfw's own children, because it needs their exit
 * status.
 * The pids are in shared memory: a message from the thread that starts a child could arrive after the child's end.
 *
 * Cell 0 counts the starts in progress. The other cells hold the pids of living children.
 */
export class ChildLedger {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory = new SharedArrayBuffer(4096)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** Runs `start`, which must start a child before it returns. Keeps the child's pid until release(pid). */
  register<Child extends { pid?: number | undefined }>(start: () => Child): Child {
    return this.guard(() => {
      const child = start();
      if (child.pid !== undefined) {
        this.#replace(0, child.pid);
      }
      return child;
    });
  }

  /** Runs `work`, which starts a child and may wait for its end. Meanwhile mayOwn() is true for every pid. */
  guard<Result>(work: () => Result): Result {
    Atomics.add(this.#cells, 0, 1);
    try {
      return work();
    } finally {
      Atomics.sub(this.#cells, 0, 1);
    }
  }

  /** Removes the pid of a child that has ended. */
  release(pid: number): void {
    this.#replace(pid, 0);
  }

  /** Whether a pid may belong to one of loopfw's own children. */
  mayBeOwnChild(pid: number): boolean {
    return Atomics.load(this.#cells, 0) > 0 || this.#cells.includes(pid, 1);
  }

  #replace(from: number, to: number): void {
    for (let cell = 1; cell < this.#cells.length; cell++) {
      if (Atomics.compareExchange(this.#cells, cell, from, to) === from) {
        return;
      }
    }
  }
}
