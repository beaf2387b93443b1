import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import type { Places } from '../world/places.js';
import type { Allowance } from './allowance.js';
import type { Observer } from './observer.js';
import type { OpenConnections } from './open-connections.js';
import type { PortAllocator } from './port-allocator.js';
/** What a world has for its probes. */
export interface Surroundings {
    ports: PortAllocator;
    connections: OpenConnections;
    observer: Observer;
    places: Places;
    allowance: Allowance;
}
/** A probe that has been decided, and may still have a connection. */
export interface DecidedProbe {
    reply: ProbeReply;
    close(): void;
}
/** Runs one probe against the rules: what the client saw, and what the kernel says of its packets. Never rejects. */
export declare function runProbe(plan: ProbePlan, surroundings: Surroundings): Promise<DecidedProbe>;
