import { PROTOCOLS } from '../model/protocols.js';
import type { Server } from '../model/scenario.js';
import { isSameFamily, isWildcard } from '../words/addresses.js';
import { quote } from '../words/phrases.js';
import type { Endpoint } from './parse-url.js';
import type { Client } from './resolve-clients.js';
import type { Servers } from './resolve-servers.js';

/** Ports that the message proposes in place of a wrong one. */
const OTHERS = [40000, 50000];

interface Ends {
  from: Client;
  to: Endpoint;
}

/** The reason why a client cannot use the port that its `port` gives it, or null. The result is also null if it has no `port`. */
export function getClientPortProblem({ from, to }: Ends, servers: Servers | null): string | null {
  const { address, port } = from;
  if (port === null || !PROTOCOLS[to.protocol].hasPort) {
    return null;
  }
  const remedy = `write another, as "port": ${OTHERS.find((other) => other < to.port || other > to.lastPort) ?? 1024}, or leave it out`;
  // With TCP this is a simultaneous open (RFC 9293, 3.5): the socket connects to itself. A UDP socket receives its own datagram.
  if (address === to.address && to.port <= port && port <= to.lastPort) {
    return `the client has the port ${port} for its own and asks that port at its own address ${address}, so it would connect to itself: ${remedy}`;
  }
  const holder = [...(servers?.values() ?? [])].find((server) => server !== null && holds(server, { from, to }, port));
  return holder
    ? `the client has the port ${port} for its own, but server ${quote(holder.name)} listens there, on ${holder.address} port ${port}: ${remedy}`
    : null;
}

/** Whether the server already holds the client's port, so that bind(2) in the client fails with EADDRINUSE. */
function holds(server: Server, { from, to }: Ends, port: number): boolean {
  const isOfOneFamily = isSameFamily(server.address, from.address);
  return (
    PROTOCOLS[server.protocol].transport === PROTOCOLS[to.protocol].transport &&
    server.via === from.via &&
    (server.address === from.address || (isWildcard(server.address) && isOfOneFamily)) &&
    server.port <= port &&
    port <= server.lastPort
  );
}
