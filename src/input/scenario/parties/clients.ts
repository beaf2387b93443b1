import { PROTOCOLS } from '../../../model/protocols.js';
import type { ClientInput } from '../../../model/scenario-file.js';
import type { Server } from '../../../model/scenario.js';
import { isSameFamily, isWildcard } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import type { Place } from '../../json/document.js';
import { getAddressProblem } from '../world/address.js';
import type { Network } from '../world/network.js';
import { checkEndpointAddress } from './endpoint-address.js';
import type { Servers } from './servers.js';
import type { Endpoint } from './url.js';

/** Ports that the message proposes in place of a wrong one. */
const OTHERS = [40000, 50000];

/** The client end of a probe. */
export interface Client {
  address: string;
  /** The port of all its probes; null: each probe gets a port of its own. */
  port: number | null;
  via: string | null;
  blocking: boolean;
  /** The id of the user that its sockets belong to; null: loopfw's own. */
  user: number | null;
  /** The same client with the further addresses of its name. A probe takes the first one of the destination's family. */
  further: Client[];
}

/** Makes a client that has only an address. */
export function makeClient(address: string): Client {
  return { address, port: null, via: null, blocking: false, user: null, further: [] };
}

/** The clients by name. A null client has an error: its name is still known, so that its uses are not reported as well. */
export type Clients = Map<string, Client | null>;

/** Reads a scenario's `clients`. The result is null if `clients` itself is wrong, so that even the names are unknown. */
export function resolveClients(scenario: Place, network: Network): Clients | null {
  const place = scenario.member('clients');
  if (place.isWrong) {
    return null;
  }
  return new Map(place.members().map(([name, member]) => [name, readClient(member, network)]));
}

function readClient(place: Place, network: Network): Client | null {
  if (typeof place.value === 'string') {
    const address = place.read<string>();
    const problem = address === undefined ? null : getAddressProblem(address, 'client', network);
    if (problem !== null) {
      place.complain(problem);
    }
    return address === undefined || problem !== null ? null : makeClient(address);
  }
  const address = place.member('address').read<ClientInput['address']>();
  if (address !== undefined) {
    checkEndpointAddress(place, address, 'client', network);
  }
  const input = place.read<ClientInput>();
  return input === undefined
    ? null
    : {
        address: input.address,
        port: input.port ?? null,
        via: input.via ?? null,
        blocking: input.connect === 'blocking',
        user: input.user ?? null,
        further: [],
      };
}

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
