import { InternalError } from '../errors.js';
import type { OpenConnection } from '../probe/running-probe.js';
import type { Endpoint } from '../trace/journey-log.js';
import type { Observer } from './observer.js';

/** A connection that a probe has left open, and how far it was watched. */
export interface HeldConnection {
  connection: OpenConnection;
  client: Endpoint;
  /** Whether a probe has been told that it was reset: from then on it is known to be gone. */
  isKnownGone: boolean;
  /** The rule set's observer, how many packets it had seen, and how often it had lost some, when the last probe on it was decided. */
  seen: { observer: Observer; packets: number; losses: number };
}

/** The connections of a world that stay open from one probe to a later one, by their names. */
export class OpenConnections {
  readonly #held = new Map<string, HeldConnection>();
  readonly #refusals = new Map<string, string>();

  keep(name: string, held: HeldConnection): void {
    this.#held.set(name, held);
  }

  /** There is no such connection, for the probe that was to open it saw something else. */
  noteRefusal(name: string, saw: string): void {
    this.#refusals.set(name, saw);
  }

  /** @throws InternalError where it was never opened */
  get(name: string): HeldConnection {
    const held = this.#held.get(name);
    if (held === undefined) {
      throw new InternalError(
        `there is no connection "${name}" to send on: the probe that was to open it saw ${this.#refusals.get(name) ?? 'an error'}`,
      );
    }
    return held;
  }

  closeAll(): void {
    for (const { connection } of this.#held.values()) {
      connection.close();
    }
    this.#held.clear();
    this.#refusals.clear();
  }
}
