/**
 * Who is a child of loopfw's own, across the threads of the sandbox. As PID 1 the sandbox inherits every orphan and must
 * reap it, but must leave its own children to libuv, which needs their exit status. Shared memory, because a message
 * from the thread that starts a child could come later than the child's end.
 *
 * Cell 0 counts starts under way; the others hold the pids of children that live.
 */
export class ChildLedger {
    memory;
    #cells;
    constructor(memory = new SharedArrayBuffer(4096)) {
        this.memory = memory;
        this.#cells = new Int32Array(memory);
    }
    /** Runs `start`, which must start a child before it returns, and keeps the child's pid until `release` is called with it. */
    register(start) {
        return this.guard(() => {
            const child = start();
            if (child.pid !== undefined) {
                this.#replace(0, child.pid);
            }
            return child;
        });
    }
    /** Runs `work`, which starts a child and may wait for its end; meanwhile no child may be taken for an orphan. */
    guard(work) {
        Atomics.add(this.#cells, 0, 1);
        try {
            return work();
        }
        finally {
            Atomics.sub(this.#cells, 0, 1);
        }
    }
    release(pid) {
        this.#replace(pid, 0);
    }
    /** Whether a pid that has just been seen may belong to one of our own children. */
    mayOwn(pid) {
        return Atomics.load(this.#cells, 0) > 0 || this.#cells.includes(pid, 1);
    }
    #replace(from, to) {
        for (let cell = 1; cell < this.#cells.length; cell++) {
            if (Atomics.compareExchange(this.#cells, cell, from, to) === from) {
                return;
            }
        }
    }
}
