import { closeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { enterNetworkNamespace } from '../../kernel/network/namespace.js';

/**
 * The places of clients and servers: the world itself (null), or the outside of an interface.
 * A socket belongs to the network namespace in which its thread is when the socket is made. Node.js may make it a turn of the event loop
 * after the request. So starts run one at a time, and the thread stays in the namespace for that turn.
 */
export class PeerNamespaces {
  readonly #world: number;
  readonly #outsides: Map<string, number>;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param world a descriptor of the world's network namespace, in which the calling thread is and stays
   * @param outsides descriptors of the outsides, by the name of the interface
   */
  constructor(world: number, outsides: Map<string, number>) {
    this.#world = world;
    this.#outsides = outsides;
  }

  /** Whether there are other places than the world itself. */
  get areMany(): boolean {
    return this.#outsides.size > 0;
  }

  /** Starts something at a place. `start` must not call run() again: it would wait for itself. */
  run<Result>(place: string | null, start: () => Result | Promise<Result>): Promise<Result> {
    if (!this.areMany) {
      return Promise.resolve(start());
    }
    const result = this.#last.then(() => this.#runAt(this.#outsides.get(place ?? '') ?? this.#world, start));
    this.#last = result.catch(() => {});
    return result;
  }

  /** Runs work at every place, one after the other. */
  async runEverywhere(work: () => void): Promise<void> {
    for (const place of [null, ...this.#outsides.keys()]) {
      await this.run(place, work);
    }
  }

  async #runAt<Result>(namespace: number, start: () => Result | Promise<Result>): Promise<Result> {
    enterNetworkNamespace(namespace);
    try {
      const result = await start();
      await nextTurn();
      return result;
    } finally {
      enterNetworkNamespace(this.#world);
    }
  }

  /** Closes the descriptors of the network namespaces. An outside ends with its last socket. */
  close(): void {
    [this.#world, ...this.#outsides.values()].forEach((namespace) => closeSync(namespace));
  }
}
