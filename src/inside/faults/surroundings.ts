import type { ConnectionEnd } from '../../kernel/netlink/connections.js';

/** A network namespace: a descriptor for that of a machine outside, null for that of the world itself. */
export type Machine = number | null;

/** A TCP server of loopfw's own. */
export interface EndingServer {
  address: string;
  port: number;
  listAccepted(): (ConnectionEnd & { reset(): void })[];
}

/** What faults need to know of the world that they are in. */
export interface FaultSurroundings {
  places: {
    findMachine(address: string): Machine;
    runNow<Result>(machine: Machine, work: () => Result): Result;
  };
  /** The addresses of the machines outside that have a server. */
  servedMachines: string[];
  listOwnServers(): EndingServer[];
}
