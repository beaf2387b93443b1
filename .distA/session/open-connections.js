import { InternalError } from '../errors.js';
/** The connections of a world that stay open from one probe to a later one, by their names. */
export class OpenConnections {
    #held = new Map();
    #refusals = new Map();
    keep(name, held) {
        this.#held.set(name, held);
    }
    /** There is no such connection, for the probe that was to open it saw something else. */
    noteRefusal(name, saw) {
        this.#refusals.set(name, saw);
    }
    /** @throws InternalError where it was never opened */
    get(name) {
        const held = this.#held.get(name);
        if (held === undefined) {
            throw new InternalError(`there is no connection "${name}" to send on: the probe that was to open it saw ${this.#refusals.get(name) ?? 'an error'}`);
        }
        return held;
    }
    closeAll() {
        for (const { connection } of this.#held.values()) {
            connection.close();
        }
        this.#held.clear();
        this.#refusals.clear();
    }
}
