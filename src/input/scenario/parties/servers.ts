import { dirname, resolve } from 'node:path';
import { PROTOCOLS, type ServedProtocol } from '../../../model/protocols.js';
import type { Protocol } from '../../../model/result.js';
import type { ServerInput } from '../../../model/scenario-file.js';
import type { Server, ServerCommand } from '../../../model/scenario.js';
import { getFamily, isWildcard } from '../../../words/addresses.js';
import { quote } from '../../../words/phrases.js';
import type { Place } from '../../json/document.js';
import type { Network } from '../world/network.js';
import { checkEndpointAddress } from './endpoint-address.js';
import { parsePorts, parseUrl } from './url.js';

/** The servers by name. A null server has an error: its name is still known, so that its uses are not reported as well. */
export type Servers = Map<string, Server | null>;

/** Reads a scenario's `servers`. The result is null if `servers` itself is wrong, so that even the names are unknown. */
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
  return isServed(protocol)
    ? { name, protocol, address, port, lastPort, via: null, banner: null, isTransparent: false, command: null }
    : null;
}

function isServed(protocol: Protocol): protocol is ServedProtocol {
  return PROTOCOLS[protocol].hasServer;
}

function readObject(name: string, place: Place, network: Network): Server | null {
  const text = place.member('address').read<string>();
  if (text !== undefined) {
    checkEndpointAddress(place, text, 'server', network);
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
  checkTransparent(place);
  return {
    name,
    protocol,
    address,
    port: ports.first,
    lastPort: ports.last,
    via,
    banner,
    isTransparent: input.transparent ?? false,
    command,
  };
}

/** @param place a place that the schema has found to be correct */
function checkTransparent(place: Place): void {
  const { transparent, protocol, via, command } = place.value as ServerInput;
  const complain = (message: string) => place.member('transparent').complain(message);
  if (transparent !== true) {
    return;
  }
  if (protocol === 'udp') {
    complain('"transparent" is for tcp and http: loopfw\'s udp server cannot answer from the address that was asked');
  } else if (via !== undefined) {
    complain('"transparent" is for a server in the world itself: no rule of the world sends connections to a socket outside');
  } else if (command !== undefined) {
    complain('"transparent" is for loopfw\'s own server: a program has no capability, and the option takes CAP_NET_ADMIN');
  }
}

function checkPort(server: Server, place: Place, held: Map<string, Server[]>): void {
  const { transport } = PROTOCOLS[server.protocol];
  // The outside of each interface is a network namespace with ports of its own.
  const key = `${transport} ${getFamily(server.address)} ${server.via}`;
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
  return one === other || [one, other].some(isWildcard);
}

function isSamePort(one: Server, other: Server): boolean {
  return one.port <= other.lastPort && other.port <= one.lastPort;
}

/**
 * Reads the `command` of a server: a real program in the place of loopfw's own server. The result is null if there is no command.
 *
 * @param server a place that the schema has found to be correct
 */
function readServerCommand(server: Place): ServerCommand | null {
  const { command, ready = null, banner } = server.value as ServerInput;
  const readyPlace = server.member('ready');
  if (command === undefined) {
    if (ready !== null) {
      readyPlace.complain('"ready" is what a command says, and this server has none: loopfw waits for its own servers anyway');
    }
    return null;
  }
  if (banner !== undefined) {
    server.member('banner').complain('"banner" is for loopfw\'s own server: with "command" the program says what it says');
  }
  const place = server.member('command');
  const [program] = place.items();
  if (program?.value === '') {
    program.complain('expected the name of a program, found nothing');
  }
  const broken = place.items().find(({ value }) => String(value).includes('\0'));
  if (broken !== undefined) {
    broken.complain('no program can be given a NUL character');
  }
  return { args: command, ready, folder: dirname(resolve(server.file)), pointer: place.pointer, ...place.position };
}
