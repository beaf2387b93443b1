import type { ServerInput } from '../model/scenario-file.js';
import type { Server } from '../model/scenario.js';
import { quote } from './describe-value.js';
import { getAddressProblem } from './get-address-problem.js';
import { parseTcpUrl, type Endpoint } from './parse-tcp-url.js';
import { getMember, getMembers, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';

const WILDCARD = '0.0.0.0';

/** The servers by name; null for one that something is wrong with, so that its name is known all the same. */
export type Servers = Map<string, Server | null>;

/** Reads a scenario's `servers`; null where they cannot even be named. */
export function resolveServers(scenario: Place, problems: ProblemList): Servers | null {
  const place = getMember(scenario, 'servers');
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  const servers: Servers = new Map();
  const held = new Map<number, Server[]>();
  for (const [name, member] of getMembers(place)) {
    const server = typeof member.value === 'string' ? readUrl(name, member, problems) : readObject(name, member, problems);
    servers.set(name, server);
    if (server !== null) {
      checkPort(server, member, held, problems);
    }
  }
  return servers;
}

function readUrl(name: string, place: Place, problems: ProblemList): Server | null {
  const url = getSound<string>(place, problems);
  if (url === undefined) {
    return null;
  }
  const endpoint = parseTcpUrl(url, 'server');
  if (!('problem' in endpoint)) {
    return makeServer(name, endpoint, null);
  }
  problems.add(place.pointer, endpoint.problem);
  return null;
}

function readObject(name: string, place: Place, problems: ProblemList): Server | null {
  const address = getMember(place, 'address');
  const text = getSound<string>(address, problems);
  const problem = text === undefined ? null : getAddressProblem(text, 'server');
  if (problem !== null) {
    problems.add(address.pointer, problem);
  }
  const input = getSound<ServerInput>(place, problems);
  return input === undefined ? null : makeServer(name, input, input.banner ?? null);
}

function makeServer(name: string, { address, port }: Endpoint, banner: string | null): Server {
  return { name, protocol: 'tcp', address, port, banner };
}

/** To the kernel 0.0.0.0 holds a port on every address: bind() is EADDRINUSE then, in whichever order (measured). */
function checkPort(server: Server, place: Place, held: Map<number, Server[]>, problems: ProblemList): void {
  const others = held.get(server.port) ?? [];
  const other = others.find(({ address }) => address === server.address || address === WILDCARD || server.address === WILDCARD);
  others.push(server);
  held.set(server.port, others);
  if (other === undefined) {
    return;
  }
  problems.add(
    place.pointer,
    `${server.address}:${server.port} is taken: server ${quote(other.name)} listens on ${other.address}:${other.port}`,
  );
}
