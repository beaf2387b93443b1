import type { ProbePlan } from '../model/plan.js';
import type { Server } from '../model/scenario.js';
/** Gives each probe of a world a client port of its own: what the trace shows of that port then belongs to that probe alone. */
export declare class PortAllocator {
    #private;
    constructor(servers: Server[]);
    /** Leaves out the ports that clients have for their own. */
    reserve(probes: ProbePlan[]): void;
    /** @throws InternalError when the address has had all its ports */
    take(address: string, target: number): number;
}
