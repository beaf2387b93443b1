import type { ProbePlan } from '../../model/plan.js';
import type { Outcome } from '../../model/result.js';

/** What a client saw itself, without the kernel's evidence. */
export interface ClientView {
  outcome: Outcome;
  /** The name from errno(3). null for connected, and for a timeout without an error. */
  errno: string | null;
  elapsedMs: number;
  reply: string | null;
}

/** A client under way. */
export interface RunningProbe {
  /** Settles at the client's time limit at the latest. Rejects only if the probe could not be made. */
  view: Promise<ClientView>;
  /** What the client has seen so far, as if its time limit were now. */
  getViewAtLimit(): ClientView;
  /** The established connection or the UDP socket that can stay open, or null. */
  getConnection?(): OpenConnection | null;
  /** Ends the client, even before it has seen something. `view` may then never settle. */
  close(): void;
}

/** A connection, or a UDP socket, that stays open after the probe that opened it. */
export interface OpenConnection {
  /** Whether an error has ended it. */
  hasFailed: boolean;
  /** Sends data on it, and waits for the answer. To close the returned probe leaves the connection open. */
  speak(plan: ProbePlan): RunningProbe;
  close(): void;
}

/**
 * The data of a datagram or an echo request for which the scenario gives none. It is not empty, because an empty reply looks like no reply.
 */
export const DEFAULT_DATA = 'loopfw';
