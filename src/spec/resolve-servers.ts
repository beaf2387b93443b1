import type { ServerInput } from '../model/scenario-file.js';
import type { Server } from '../model/scenario.js';
import { getFamily, isWildcard } from '../words/addresses.js';
import { quote } from '../words/phrases.js';
import { checkStand } from './check-stand.js';
import type { Network } from './network.js';
import { parsePorts } from './parse-ports.js';
import { parseUrl } from './parse-url.js';
import { getMember, getMembers, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { readServerCommand } from './read-server-command.js';

/** The servers by name; null for one that something is wrong with, so that its name is known all the same. */
export type Servers = Map<string, Server | null>;

/** Reads a scenario's `servers`; null where they cannot even be named. */
export function resolveServers(scenario: Place, file: string, network: Network, problems: ProblemList): Servers | null {
  const place = getMember(scenario, 'servers');
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  const servers: Servers = new Map();
  const held = new Map<string, Server[]>();
  for (const [name, member] of getMembers(place)) {
    const server =
      typeof member.value === 'string' ? readUrl(name, member, network, problems) : readObject(name, member, file, network, problems);
    servers.set(name, server);
    if (server !== null) {
      checkPort(server, member, held, problems);
    }
  }
  return servers;
}

function readUrl(name: string, place: Place, network: Network, problems: ProblemList): Server | null {
  const url = getSound<string>(place, problems);
  if (url === undefined) {
    return null;
  }
  const endpoint = parseUrl(url, 'server', network);
  if ('problem' in endpoint) {
    problems.add(place.pointer, endpoint.problem);
    return null;
  }
  const { protocol, address, port, lastPort } = endpoint;
  return protocol === 'icmp' ? null : { name, protocol, address, port, lastPort, via: null, banner: null, command: null };
}

function readObject(name: string, place: Place, file: string, network: Network, problems: ProblemList): Server | null {
  const text = getSound<string>(getMember(place, 'address'), problems);
  if (text !== undefined) {
    checkStand(place, text, 'server', network, problems);
  }
  const input = getSound<ServerInput>(place, problems);
  if (input === undefined) {
    return null;
  }
  const ports = parsePorts(String(input.port));
  if ('problem' in ports) {
    problems.add(getMember(place, 'port').pointer, ports.problem);
    return null;
  }
  const { protocol, address, via = null, banner = null } = input;
  const command = readServerCommand(place, file, problems);
  return { name, protocol, address, port: ports.first, lastPort: ports.last, via, banner, command };
}

function checkPort(server: Server, place: Place, held: Map<string, Server[]>, problems: ProblemList): void {
  const transport = server.protocol === 'udp' ? 'udp' : 'tcp';
  // What stands outside of an interface has a namespace of its own.
  const key = `${transport} ${getFamily(server.address)} ${server.via}`;
  const others = held.get(key) ?? [];
  const other = others.find((each) => isSameAddress(each.address, server.address) && isSamePort(each, server));
  others.push(server);
  held.set(key, others);
  if (other === undefined) {
    return;
  }
  const port = Math.max(other.port, server.port);
  problems.add(place.pointer, `${server.address}:${port} is taken: server ${quote(other.name)} listens on ${other.address}:${port}`);
}

function isSameAddress(one: string, other: string): boolean {
  return one === other || [one, other].some(isWildcard);
}

function isSamePort(one: Server, other: Server): boolean {
  return one.port <= other.lastPort && other.port <= one.lastPort;
}
