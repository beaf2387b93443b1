import { PROTOCOLS } from '../model/protocols.js';
import type { Server } from '../model/scenario.js';
import { quote } from './describe-value.js';
import type { Endpoint } from './parse-url.js';
import type { Client } from './resolve-clients.js';
import type { Servers } from './resolve-servers.js';

const WILDCARDS = ['0.0.0.0', '::'];
/** Ports to propose, for one that does not do. */
const OTHERS = [40000, 50000];

interface Ends {
  from: Client;
  to: Endpoint;
}

/** Why a client cannot ask from the port that it has for its own; null where it can, or has none. */
export function getClientPortProblem({ from, to }: Ends, servers: Servers | null): string | null {
  const { address, port } = from;
  if (port === null || !PROTOCOLS[to.protocol].hasPort) {
    return null;
  }
  const remedy = `write another, as "port": ${OTHERS.find((other) => other < to.port || other > to.lastPort) ?? 1024}, or leave it out`;
  // TCP then opens the connection from both ends at once (RFC 9293, 3.5); a UDP socket is sent its own question.
  if (address === to.address && to.port <= port && port <= to.lastPort) {
    return `the client has the port ${port} for its own and asks that port at its own address ${address}, so it would connect to itself: ${remedy}`;
  }
  const holder = [...(servers?.values() ?? [])].find((server) => server !== null && holds(server, { from, to }, port));
  return holder
    ? `the client has the port ${port} for its own, but server ${quote(holder.name)} listens there, on ${holder.address} port ${port}: ${remedy}`
    : null;
}

/** Whether the client could not bind its port, for the server has it (EADDRINUSE). */
function holds(server: Server, { from, to }: Ends, port: number): boolean {
  const isOfOneFamily = server.address.includes(':') === from.address.includes(':');
  return (
    PROTOCOLS[server.protocol].transport === PROTOCOLS[to.protocol].transport &&
    server.via === from.via &&
    (server.address === from.address || (WILDCARDS.includes(server.address) && isOfOneFamily)) &&
    server.port <= port &&
    port <= server.lastPort
  );
}
