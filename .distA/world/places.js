import { closeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { enterNetworkNamespace } from '../kernel/network-namespace.js';
/**
 * Where clients and servers stand: in the world itself, which is the place null, or outside of one of its interfaces. A socket keeps the
 * network namespace in which its thread was when it was made, and Node.js makes it up to a turn of the event loop after it was asked to.
 * So whoever starts something is alone, and stays where he is, for so long.
 */
export class Places {
    #world;
    #outsides;
    #last = Promise.resolve();
    /** @param world a descriptor of its network namespace, in which the calling thread is and stays; and those of the outsides, by the interface's name */
    constructor(world, outsides) {
        this.#world = world;
        this.#outsides = outsides;
    }
    /** Whether there is another place than the world itself. */
    get areMany() {
        return this.#outsides.size > 0;
    }
    /** Starts something at a place. Not to be called by what it starts. */
    run(place, start) {
        if (!this.areMany) {
            return Promise.resolve(start());
        }
        const result = this.#last.then(() => this.#runAt(this.#outsides.get(place ?? '') ?? this.#world, start));
        this.#last = result.catch(() => { });
        return result;
    }
    /** Does something at every place. */
    async runEverywhere(work) {
        for (const place of [null, ...this.#outsides.keys()]) {
            await this.run(place, work);
        }
    }
    async #runAt(namespace, start) {
        enterNetworkNamespace(namespace);
        try {
            const result = await start();
            await nextTurn();
            return result;
        }
        finally {
            enterNetworkNamespace(this.#world);
        }
    }
    /** Lets go of the network namespaces: an outside ends with its last socket. */
    close() {
        [this.#world, ...this.#outsides.values()].forEach((namespace) => closeSync(namespace));
    }
}
