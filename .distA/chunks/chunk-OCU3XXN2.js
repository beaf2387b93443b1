import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  getNetworkNamespace,
  readOpenFilesLimit
} from "./chunk-ATPREQCW.js";
import {
  InternalError
} from "./chunk-PBR43GQL.js";

// dist/kernel/child-ledger.js
var ChildLedger = class {
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
      if (child.pid !== void 0) {
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
    } finally {
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
};

// dist/kernel/assert-outside-network-namespace.js
function assertOutsideNetworkNamespace(callers) {
  if (getNetworkNamespace() === callers) {
    throw new InternalError(`refusing to touch the network namespace that loopfw was called in (${callers})`);
  }
}

// dist/session/allowance.js
import { setTimeout as sleep } from "node:timers/promises";

// dist/kernel/count-free-descriptors.js
import { readdirSync } from "node:fs";
function countFreeDescriptors() {
  return (readOpenFilesLimit() ?? Infinity) - readdirSync("/proc/self/fd").length;
}

// dist/session/let-servers-accept.js
import { setImmediate as nextTurn } from "node:timers/promises";
var BURST = 200;
async function letServersAccept(probes) {
  const counts = /* @__PURE__ */ new Map();
  for (const { to } of probes) {
    const listener = `${to.address} ${to.port}`;
    counts.set(listener, (counts.get(listener) ?? 0) + 1);
  }
  await takeTurns(Math.max(0, ...counts.values()));
}
async function takeTurns(count) {
  for (let turn = 0; turn < count; turn++) {
    await nextTurn();
  }
}

// dist/session/allowance.js
var DESCRIPTORS = 2;
var RESERVE = 32;
var THREADS = Number(process.env["UV_THREADPOOL_SIZE"] ?? 4);
var FEW = 16;
var AGAIN_MS = 10;
var TAKEN_DESCRIPTORS = 0;
var TAKEN_THREADS = 1;
var Allowance = class {
  memory;
  #taken;
  constructor(memory = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#taken = new Int32Array(memory);
  }
  /** Runs `work` once there is enough for it. Gives why there never will be, where that is so. */
  async use(need, work) {
    const { probes, blocking, isKept } = need;
    if (blocking > THREADS) {
      const problem = `${blocking} blocking clients cannot wait at once, only ${THREADS} can: make "parallel" smaller, or the clients nonblocking`;
      return { problem };
    }
    const descriptors = probes * DESCRIPTORS + RESERVE;
    const isLooked = probes > FEW || isKept;
    for (; ; ) {
      const others = this.#add(TAKEN_DESCRIPTORS, descriptors);
      const otherThreads = this.#add(TAKEN_THREADS, blocking);
      try {
        const isShort = isLooked && countFreeDescriptors() < descriptors + others;
        if (isShort && others === 0) {
          await takeTurns(BURST);
          const free = countFreeDescriptors();
          if (free < descriptors) {
            const problem = `${probes} probes at once need ${descriptors} file descriptors, and only ${free} are free: raise the limit in the shell that starts loopfw (ulimit -n), or make "parallel" smaller`;
            return { problem };
          }
        }
        if ((!isShort || others === 0) && (blocking === 0 || otherThreads + blocking <= THREADS)) {
          return { value: await work() };
        }
      } finally {
        this.#add(TAKEN_DESCRIPTORS, -descriptors);
        this.#add(TAKEN_THREADS, -blocking);
      }
      await sleep(1 + Math.random() * AGAIN_MS);
    }
  }
  /** Gives what was taken before. */
  #add(cell, count) {
    return Atomics.add(this.#taken, cell, count);
  }
};

export {
  ChildLedger,
  assertOutsideNetworkNamespace,
  BURST,
  letServersAccept,
  THREADS,
  Allowance
};
