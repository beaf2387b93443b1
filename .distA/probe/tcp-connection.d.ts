import type { Socket } from 'node:net';
import type { ProbePlan } from '../model/plan.js';
import { ClientLog } from './client-log.js';
import type { OpenConnection, RunningProbe } from './running-probe.js';
/** A TCP connection that stands. */
export declare class TcpConnection implements OpenConnection {
    #private;
    /** Says what the client that has opened it has to say, and listens. */
    constructor(socket: Socket, plan: ProbePlan, port: number, log: ClientLog);
    get hasFailed(): boolean;
    /**
     * What is not given is numbered: what was blocked earlier arrives by itself once it may, and people must be able to tell. Where the
     * server echoes, counting tells: all that was ever said comes back in its order.
     */
    speak(plan: ProbePlan): RunningProbe;
    /** A RST instead of a FIN: no TIME_WAIT and no late packets. */
    close(): void;
}
