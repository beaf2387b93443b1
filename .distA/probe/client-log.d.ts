import type { ProbePlan } from '../model/plan.js';
import type { ClientView } from './running-probe.js';
/** What a client sees, as it goes: the same for every protocol. `view` settles at the client's time limit at the latest. */
export declare class ClientLog {
    #private;
    readonly view: Promise<ClientView>;
    constructor(plan: ProbePlan, port: number);
    /** The connection stands, or there is none to wait for. */
    noteConnected(): void;
    noteReceived(bytes: Uint8Array): void;
    /** Nothing more will come. */
    noteEnd(): void;
    /** What a socket reported. An errno that speaks of the machine, or of bind(2), is no outcome: `view` rejects. */
    noteError({ code, syscall, message }: {
        code?: string | undefined;
        syscall?: string | undefined;
        message: string;
    }): void;
    /** Stops waiting; `view` may then stay unsettled. */
    stop(): void;
    /** What the client has seen when its time is over. */
    getViewAtLimit(): ClientView;
}
