import type { OpenConnection } from '../probe/running-probe.js';
import type { Endpoint } from '../trace/journey-log.js';
import type { Observer } from './observer.js';
/** A connection that a probe has left open, and how far it was watched. */
export interface HeldConnection {
    connection: OpenConnection;
    client: Endpoint;
    /** Whether a probe has been told that it was reset: from then on it is known to be gone. */
    isKnownGone: boolean;
    /** The rule set's observer, and how many packets it had seen, when the last probe on it was decided. */
    seen: {
        observer: Observer;
        packets: number;
    };
}
/** The connections of a world that stay open from one probe to a later one, by their names. */
export declare class OpenConnections {
    #private;
    keep(name: string, held: HeldConnection): void;
    /** There is no such connection, for the probe that was to open it saw something else. */
    noteRefusal(name: string, saw: string): void;
    /** @throws InternalError where it was never opened */
    get(name: string): HeldConnection;
    closeAll(): void;
}
