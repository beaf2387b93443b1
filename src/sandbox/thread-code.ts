import { createRequire } from 'node:module';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type * as loader from './load.js';

const { carryCode } = createRequire(import.meta.url)('./load.js') as typeof loader;

/**
 * The code of the worker threads, read once and early. When the threads start, the process has given up the rights to read it, for example
 * in a folder that only root can enter.
 */
export class ThreadCode {
  readonly #code = carryCode('worker.js');

  start(workerData: object, options: WorkerOptions): Worker {
    const code = this.#code;
    const run = `${code.loader}\nmodule.exports.loadCarried('worker.js', require('node:worker_threads').workerData.code);`;
    return new Worker(run, { ...options, eval: true, workerData: { ...workerData, code } });
  }
}
