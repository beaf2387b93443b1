import type { ProbePlan } from '../model/plan.js';
import type { Outcome } from '../model/result.js';
/** What a client saw by itself, without any look at the kernel's evidence. */
export interface ClientView {
    outcome: Outcome;
    /** By its name in errno(3); null for connected, and for a silence that lasted. */
    errno: string | null;
    elapsedMs: number;
    reply: string | null;
}
export interface RunningProbe {
    /** Comes at the client's time limit at the latest. Rejects only where the probe itself could not be made. */
    view: Promise<ClientView>;
    /** What the client would see if its time were over now. */
    getViewAtLimit(): ClientView;
    /** The connection that it has, null while none stands; only TCP has one that can stay open. */
    getConnection?(): OpenConnection | null;
    /** Ends the client, whether it has seen something or not; `view` may then stay unsettled. */
    close(): void;
}
/** A connection that outlives the probe that has opened it. */
export interface OpenConnection {
    /** Whether its client knows that it is gone. */
    hasFailed: boolean;
    /** Sends on it, and waits for the answer. To close that probe leaves the connection open. */
    speak(plan: ProbePlan): RunningProbe;
    close(): void;
}
