import { InternalError } from '../../model/errors.js';
import type { Endpoint } from '../../trace/journey/packet.js';
import type { OpenConnection } from '../probe/running.js';
import type { Observer } from './observer.js';

/** A connection that a probe has left open, and how far the trace of it was read. */
export interface HeldConnection {
  connection: OpenConnection;
  client: Endpoint;
  /** Whether a probe has reported a reset of it. Later probes then know that it is gone. */
  isKnownGone: boolean;
  /** The state when the last probe on it was decided: the observer of the rule set, with its numbers of packets and losses. */
  seen: { observer: Observer; packets: number; losses: number };
}

/** The connections of a world that stay open for later probes, by name. */
export class OpenConnections {
  readonly #held = new Map<string, HeldConnection>();
  readonly #refused = new Set<string>();

  keep(name: string, held: HeldConnection): void {
    this.#held.set(name, held);
  }

  /** Notes that a connection does not exist, as the probe has seen that should have opened it. */
  noteRefusal(name: string): void {
    this.#refused.add(name);
  }

  /**
   * null if the probe that was to open it has seen that it cannot.
   * @throws InternalError if that probe has seen nothing
   */
  get(name: string): HeldConnection | null {
    const held = this.#held.get(name) ?? null;
    if (held === null && !this.#refused.has(name)) {
      throw new InternalError(`there is no connection "${name}" to send on: the probe that was to open it saw an error`);
    }
    return held;
  }

  closeAll(): void {
    for (const { connection } of this.#held.values()) {
      connection.close();
    }
    this.#held.clear();
    this.#refused.clear();
  }
}
