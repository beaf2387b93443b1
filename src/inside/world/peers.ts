import { closeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { enterNetworkNamespace } from '../../kernel/network/namespace.js';
import { InternalError } from '../../model/errors.js';

/**
 * The places of clients and servers: the world itself (null), or a machine outside, by its address.
 * A socket belongs to the network namespace in which its thread is when the socket is made. Node.js may make it a turn of the event loop
 * after the request. So starts run one at a time, and the thread stays in the namespace for that turn.
 */
export class PeerNamespaces {
  readonly #world: number;
  readonly #machines: Map<string, number>;
  readonly #bridges: number[];
  readonly #neighbourhoods: string[][];
  #last: Promise<unknown> = Promise.resolve();
  /** The namespace in which the calling thread is at the moment. */
  #current: number;

  /**
   * @param world a descriptor of the world's network namespace, in which the calling thread is and stays
   * @param machines descriptors of the machines' namespaces, by address
   * @param bridges descriptors of the namespaces of bridges outside. Such a namespace has no socket that keeps it
   * @param neighbourhoods the addresses of machines that reach each other without the world, in lists
   */
  constructor(world: number, machines: Map<string, number>, bridges: number[], neighbourhoods: string[][]) {
    this.#world = world;
    this.#current = world;
    this.#machines = machines;
    this.#bridges = bridges;
    this.#neighbourhoods = neighbourhoods;
  }

  /** Whether there are other places than the world itself. */
  get areMany(): boolean {
    return this.#machines.size + this.#bridges.length > 0;
  }

  /** The addresses of the machines that a machine reaches without the world. */
  listBeside(address: string): string[] {
    return this.#neighbourhoods.find((all) => all.includes(address))?.filter((other) => other !== address) ?? [];
  }

  /** The network namespace of the machine with an address; null where no machine has it. */
  findMachine(address: string): number | null {
    return this.#machines.get(address) ?? null;
  }

  /**
   * Runs work at once, and returns to the place where something may just start.
   * @param machine what findMachine() has found; null for the world itself
   */
  runNow<Result>(machine: number | null, work: () => Result): Result {
    if (!this.areMany) {
      return work();
    }
    const before = this.#current;
    this.#enter(machine ?? this.#world);
    try {
      return work();
    } finally {
      this.#enter(before);
    }
  }

  /** Starts something at a place. `start` must not call run() again: it would wait for itself. */
  run<Result>(place: string | null, start: () => Result | Promise<Result>): Promise<Result> {
    if (!this.areMany) {
      return Promise.resolve(start());
    }
    const result = this.#last.then(() => this.#runAt(this.#find(place), start));
    this.#last = result.catch(() => {});
    return result;
  }

  /** Runs work at every place, one after the other. */
  async runEverywhere(work: () => void): Promise<void> {
    for (const place of [null, ...this.#machines.keys()]) {
      await this.run(place, work);
    }
  }

  #find(place: string | null): number {
    const namespace = place === null ? this.#world : this.#machines.get(place);
    if (namespace === undefined) {
      throw new InternalError(`the world has no machine ${place}`);
    }
    return namespace;
  }

  async #runAt<Result>(namespace: number, start: () => Result | Promise<Result>): Promise<Result> {
    this.#enter(namespace);
    try {
      const result = await start();
      await nextTurn();
      return result;
    } finally {
      this.#enter(this.#world);
    }
  }

  #enter(namespace: number): void {
    enterNetworkNamespace(namespace);
    this.#current = namespace;
  }

  /** Closes the descriptors of the network namespaces. A machine ends with its last socket. */
  close(): void {
    [this.#world, ...new Set(this.#machines.values()), ...this.#bridges].forEach((namespace) => closeSync(namespace));
  }
}

/** The place of a client or server: null for the world itself. */
export function getPlace(via: string | null, address: string): string | null {
  return via === null ? null : address;
}
