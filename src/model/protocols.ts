import type { Protocol } from './result.js';
import type { Family } from './rule.js';

/** The properties of a protocol for probes. */
type Traits = {
  /** The number in the IP header (/etc/protocols). */
  number: Record<Family, number>;
  /** Whether a scenario can have servers for it. false: the kernel itself answers. */
  hasServer: boolean;
  /** Whether the client is `connected` as soon as it has a connection. false: it also needs an answer. */
  isConnectionEnough: boolean;
  /** Whether the server sends its banner as soon as a client has connected. false: the banner is its answer to a request. */
  hasBanner: boolean;
  /** Whether a connection, or the socket of a protocol without connections, can stay open after the probe that opened it. */
  canStayOpen: boolean;
  /** Whether a client can block in connect(2). */
  canBlock: boolean;
} & (
  | { hasPort: true; /** the protocol that the port belongs to */ transport: 'tcp' | 'udp' }
  /** A client has an identifier instead of a port. */
  | { hasPort: false; transport: null }
);

/**
 * The protocols of probes, with all properties that other folders use. The table has no functions, so it is beside the types.
 * A new protocol needs a row here, a client in inside/probe/start.ts, and its name in the schemas. If it has servers, it also needs one in
 * inside/world/servers.ts.
 */
export const PROTOCOLS = {
  tcp: {
    ...{ hasPort: true, transport: 'tcp', number: { ipv4: 6, ipv6: 6 } },
    ...{ hasServer: true, isConnectionEnough: true, hasBanner: true, canStayOpen: true, canBlock: true },
  },
  udp: {
    ...{ hasPort: true, transport: 'udp', number: { ipv4: 17, ipv6: 17 } },
    ...{ hasServer: true, isConnectionEnough: false, hasBanner: false, canStayOpen: true, canBlock: false },
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

/** The protocols that a scenario's servers can have. */
export type ServedProtocol = { [Name in Protocol]: (typeof PROTOCOLS)[Name]['hasServer'] extends true ? Name : never }[Protocol];

/** The ports of clients: the kernel's default range (net.ipv4.ip_local_port_range). loopfw chooses the ports of its clients from it too. */
export const CLIENT_PORTS = { first: 32768, last: 60999 } as const;

/**
 * The size of libuv's thread pool in the sandbox: blocking clients wait in it. libuv starts all threads with the first, and aborts where it
 * cannot.
 */
export const BLOCKING_THREADS = 64;
