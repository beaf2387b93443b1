import { quote } from './describe-value.js';
import { checkStand } from './check-stand.js';
import { parsePorts } from './parse-ports.js';
import { parseUrl } from './parse-url.js';
import { getMember, getMembers, getSound } from './place.js';
import { readServerCommand } from './read-server-command.js';
/** The addresses that hold a port on every address of their family: to the kernel a second bind() is EADDRINUSE then, in whichever order (measured). */
const WILDCARDS = ['0.0.0.0', '::'];
/** Reads a scenario's `servers`; null where they cannot even be named. */
export function resolveServers(scenario, file, network, problems) {
    const place = getMember(scenario, 'servers');
    if (problems.isWrong(place.pointer)) {
        return null;
    }
    const servers = new Map();
    const held = new Map();
    for (const [name, member] of getMembers(place)) {
        const server = typeof member.value === 'string' ? readUrl(name, member, network, problems) : readObject(name, member, file, network, problems);
        servers.set(name, server);
        if (server !== null) {
            checkPort(server, member, held, problems);
        }
    }
    return servers;
}
function readUrl(name, place, network, problems) {
    const url = getSound(place, problems);
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
function readObject(name, place, file, network, problems) {
    const text = getSound(getMember(place, 'address'), problems);
    if (text !== undefined) {
        checkStand(place, text, 'server', network, problems);
    }
    const input = getSound(place, problems);
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
function checkPort(server, place, held, problems) {
    const transport = server.protocol === 'udp' ? 'udp' : 'tcp';
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
    problems.add(place.pointer, `${server.address}:${port} is taken: server ${quote(other.name)} listens on ${other.address}:${port}`);
}
function isSameAddress(one, other) {
    return one === other || [one, other].some((each) => WILDCARDS.includes(each));
}
function isSamePort(one, other) {
    return one.port <= other.lastPort && other.port <= one.lastPort;
}
