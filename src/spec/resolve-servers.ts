import { PROTOCOLS, type ServedProtocol } from '../model/protocols.js';
import type { Protocol } from '../model/result.js';
import type { ServerInput } from '../model/scenario-file.js';
import type { Server } from '../model/scenario.js';
import { quote } from './describe-value.js';
import { checkStand } from './check-stand.js';
import type { Network } from './network.js';
import { parsePorts } from './parse-ports.js';
import { parseUrl } from './parse-url.js';
import type { Place } from './place.js';
import { readServerCommand } from './read-server-command.js';

/** The addresses that hold a port on every address of their family: to the kernel a second bind() is EADDRINUSE then, in whichever order (measured). */
const WILDCARDS = ['0.0.0.0', '::'];

/** The servers by name; null for one that something is wrong with, so that its name is known all the same. */
export type Servers = Map<string, Server | null>;

/** Reads a scenario's `servers`; null where they cannot even be named. */
export function resolveServers(scenario: Place, network: Network): Servers | null {
  const place = scenario.member('servers');
  if (place.isWrong) {
    return null;
  }
  const servers: Servers = new Map();
  const held = new Map<string, Server[]>();
  for (const [name, member] of place.members()) {
    const server = typeof member.value === 'string' ? readUrl(name, member, network) : readObject(name, member, network);
    servers.set(name, server);
    if (server !== null) {
      checkPort(server, member, held);
    }
  }
  return servers;
}

function readUrl(name: string, place: Place, network: Network): Server | null {
  const url = place.read<string>();
  if (url === undefined) {
    return null;
  }
  const endpoint = parseUrl(url, 'server', network);
  if ('problem' in endpoint) {
    place.complain(endpoint.problem);
    return null;
  }
  const { protocol, address, port, lastPort } = endpoint;
  return isServed(protocol) ? { name, protocol, address, port, lastPort, via: null, banner: null, command: null } : null;
}

function isServed(protocol: Protocol): protocol is ServedProtocol {
  return PROTOCOLS[protocol].hasServer;
}

function readObject(name: string, place: Place, network: Network): Server | null {
  const text = place.member('address').read<string>();
  if (text !== undefined) {
    checkStand(place, text, 'server', network);
  }
  const input = place.read<ServerInput>();
  if (input === undefined) {
    return null;
  }
  const ports = parsePorts(String(input.port));
  if ('problem' in ports) {
    place.member('port').complain(ports.problem);
    return null;
  }
  const { protocol, address, via = null, banner = null } = input;
  const command = readServerCommand(place);
  return { name, protocol, address, port: ports.first, lastPort: ports.last, via, banner, command };
}

function checkPort(server: Server, place: Place, held: Map<string, Server[]>): void {
  const { transport } = PROTOCOLS[server.protocol];
  const family = server.address.includes(':') ? 6 : 4;
  // What stands outside of an interface has a namespace of its own.
  const key = `${transport} ${family} ${server.via}`;
  const others = held.get(key) ?? [];
  const other = others.find((each) => isSameAddress(each.address, server.address) && isSamePort(each, server));
  others.push(server);
  held.set(key, others);
  if (other === undefined) {
    return;
  }
  const port = Math.max(other.port, server.port);
  place.complain(`${server.address}:${port} is taken: server ${quote(other.name)} listens on ${other.address}:${port}`);
}

function isSameAddress(one: string, other: string): boolean {
  return one === other || [one, other].some((each) => WILDCARDS.includes(each));
}

function isSamePort(one: Server, other: Server): boolean {
  return one.port <= other.lastPort && other.port <= one.lastPort;
}
