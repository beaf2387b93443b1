import type { Protocol } from './result.js';
import type { Family } from './rule.js';

/** What is true of a protocol that probes speak. */
type Traits = {
  /** In the IP header (/etc/protocols). */
  number: Record<Family, number>;
  /** Whether a scenario's servers can speak it; else the kernel itself answers. */
  hasServer: boolean;
  /** Whether a connection alone makes the client say connected; else that takes an answer. */
  isConnectionEnough: boolean;
  /** Whether the server sends its banner by itself, as soon as a client has connected; else the banner is its answer. */
  hasBanner: boolean;
  /** Whether a connection can outlive the probe that has opened it. */
  canStayOpen: boolean;
  /** Whether a client can wait in connect(2) itself. */
  canBlock: boolean;
} & (
  | { hasPort: true; /** whose ports they are */ transport: 'tcp' | 'udp' }
  /** A client has an identifier in its place. */
  | { hasPort: false; transport: null }
);

/**
 * The protocols of probes: all that the other rooms ask of one. It is data and no function, so it lies beside the types. Another protocol takes a row here, a client
 * in probe/start-probe.ts, and its name in the schemas; with hasServer, a server in world/start-server.ts.
 */
export const PROTOCOLS = {
  tcp: {
    ...{ hasPort: true, transport: 'tcp', number: { ipv4: 6, ipv6: 6 } },
    ...{ hasServer: true, isConnectionEnough: true, hasBanner: true, canStayOpen: true, canBlock: true },
  },
  udp: {
    ...{ hasPort: true, transport: 'udp', number: { ipv4: 17, ipv6: 17 } },
    ...{ hasServer: true, isConnectionEnough: false, hasBanner: false, canStayOpen: false, canBlock: false },
  },
  icmp: {
    ...{ hasPort: false, transport: null, number: { ipv4: 1, ipv6: 58 } },
    ...{ hasServer: false, isConnectionEnough: false, hasBanner: false, canStayOpen: false, canBlock: false },
  },
  http: {
    ...{ hasPort: true, transport: 'tcp', number: { ipv4: 6, ipv6: 6 } },
    ...{ hasServer: true, isConnectionEnough: false, hasBanner: false, canStayOpen: false, canBlock: false },
  },
} as const satisfies Record<Protocol, Traits>;

/** Those that servers speak. */
export type ServedProtocol = { [Name in Protocol]: (typeof PROTOCOLS)[Name]['hasServer'] extends true ? Name : never }[Protocol];
