const UNCHANGED = new Int32Array(new SharedArrayBuffer(4));

/** Stops the calling thread for some milliseconds, and nothing else. It may be a part of one. */
export function pauseThread(ms: number): void {
  Atomics.wait(UNCHANGED, 0, 0, ms);
}
