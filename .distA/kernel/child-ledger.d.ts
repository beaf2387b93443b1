/**
 * Who is a child of loopfw's own, across the threads of the sandbox. As PID 1 the sandbox inherits every orphan and must
 * reap it, but must leave its own children to libuv, which needs their exit status. Shared memory, because a message
 * from the thread that starts a child could come later than the child's end.
 *
 * Cell 0 counts starts under way; the others hold the pids of children that live.
 */
export declare class ChildLedger {
    #private;
    readonly memory: SharedArrayBuffer;
    constructor(memory?: SharedArrayBuffer);
    /** Runs `start`, which must start a child before it returns, and keeps the child's pid until `release` is called with it. */
    register<Child extends {
        pid?: number | undefined;
    }>(start: () => Child): Child;
    /** Runs `work`, which starts a child and may wait for its end; meanwhile no child may be taken for an orphan. */
    guard<Result>(work: () => Result): Result;
    release(pid: number): void;
    /** Whether a pid that has just been seen may belong to one of our own children. */
    mayOwn(pid: number): boolean;
}
