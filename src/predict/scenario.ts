import type { Backend } from '../model/result.js';
import type { Family, Ipset } from '../model/rule.js';
import type { Phase, ProbeSpec, Scenario, ScenarioRule, Server, WorldSpec } from '../model/scenario.js';
import { CLIENT_PORTS } from '../model/limits.js';
import { PROTOCOLS } from '../model/protocols.js';
import { layOutChains } from '../rules/chains/layout.js';
import { readAddressRange, toDigits } from '../rules/values/address-range.js';
import { getFamily, isWildcard } from '../words/addresses.js';
import type { Probe } from './conversation/conversation.js';
import type { Sender } from './world/packet.js';
import { readIpset } from './world/ipset.js';
import type { Listener, Network } from './world/network.js';
import { type Layer, type ReadRuleSet, readRuleSet } from './chains/rule-set.js';

const SET_CHANGES = ['--add-set', '--del-set'];
const BACKENDS: Backend[] = ['nft', 'legacy'];
/** The kernel sends a SYN again each second, and a little later (tcp_syn_linear_timeouts). */
const RETRANSMISSION_MS = 1030;
/** What a client of UDP or ICMP sends where the scenario does not say. */
const DEFAULT_PAYLOAD = 'loopfw';
/** The kernel's default for Ethernet. */
const MTU = 1500;
/** The last address of 127.0.0.0/8 is a broadcast address. */
const LOOPBACK = '127.0.0.0-127.255.255.254';
const LOOPBACK_NETWORK = '127.0.0.0/8';
const FORWARDING = { ipv4: 'net.ipv4.ip_forward', ipv6: 'net.ipv6.conf.all.forwarding' } satisfies Record<Family, string>;

/**
 * Reads the rules for iptables of a phase.
 * @param usual the back end of the rules that name none
 */
export function readRules(rules: ScenarioRule[], usual: Backend): Record<Family, ReadRuleSet> {
  const read = (family: Family) => {
    const layers = BACKENDS.map((backend) => toLayer(rules, backend, usual, family));
    return readRuleSet(layers, family);
  };
  return { ipv4: read('ipv4'), ipv6: read('ipv6') };
}

/** The rules of a back end. In nf_tables each base chain is loaded with its first entry, in the legacy back end the whole table is. */
function toLayer(rules: ScenarioRule[], backend: Backend, usual: Backend, family: Family): Layer {
  const own = rules.filter((rule) => (rule.backend ?? usual) === backend);
  return {
    backend,
    chains: layOutChains(own, family, []),
    getLoaded: (table, chain) =>
      rules.findIndex(
        (rule) =>
          (rule.backend ?? usual) === backend &&
          rule.entries.some((entry) => entry.family === family && entry.table === table && (backend === 'legacy' || entry.chain === chain)),
      ),
  };
}

export function toNetwork({ world, servers, ipsets, phases }: Pick<Scenario, 'world' | 'servers' | 'ipsets' | 'phases'>): Network {
  const written = findWritten(ipsets, phases);
  const addresses = [...world.interfaces.flatMap((each) => each.addresses), ...world.addresses.map(({ address }) => address)];
  const local = [
    LOOPBACK,
    '::1',
    ...addresses.map(getHost),
    ...world.routes.flatMap(({ type, prefix }) => (type === 'local' ? [prefix] : [])),
  ];
  return {
    local: local.map(readAddressRange).filter((range) => range !== null),
    interfaces: world.interfaces.map(({ name, mtu, addresses: own, machines }) => ({
      name,
      mtu: mtu ?? MTU,
      addresses: own.map((address) => toDigits(getHost(address))),
      machines: machines.flatMap((machine) => machine.addresses.map((address) => toDigits(getHost(address)))),
    })),
    listeners: servers.map(toListener),
    ipsets: ipsets.map((set) => readIpset(set, written.has(set.name))),
    networks: [LOOPBACK_NETWORK, ...addresses].map(readAddressRange).filter((range) => range !== null),
    hasRoutes: world.routes.some(({ type }) => type !== 'local'),
    forwards: { ipv4: world.sysctl[FORWARDING.ipv4] === '1', ipv6: world.sysctl[FORWARDING.ipv6] === '1' },
    unmodelled: findUnmodelled(world),
  };
}

/**
 * The probe of a scenario, or what of it is not modelled.
 * @param own the user and the group of loopfw's own clients and servers
 */
export function toProbe(
  { protocol, from, via, clientPort, to, send, use, user, timeoutMs, expect }: ProbeSpec,
  servers: Server[],
  own: Exclude<Sender, string>,
): Probe | string {
  if (use !== null) {
    return 'an open connection';
  }
  if (isWildcard(from)) {
    return 'the address of the client';
  }
  const { transport } = PROTOCOLS[protocol];
  const isReading = transport === 'tcp' && expect.reply !== undefined;
  if (isReading && servers.some(({ command }) => command !== null)) {
    return 'what a program answers';
  }
  const ports =
    transport === null
      ? null
      : clientPort === null
        ? ([CLIENT_PORTS.first, CLIENT_PORTS.last] as const)
        : ([clientPort, clientPort] as const);
  return {
    protocol: transport ?? 'icmp',
    family: getFamily(to.address),
    source: { address: toDigits(from), ports },
    destination: { address: toDigits(to.address), ports: transport === null ? null : [to.port, to.port] },
    via,
    payload: protocol === 'tcp' ? send : protocol === 'http' ? 'GET / HTTP/1.1\r\n\r\n' : (send ?? DEFAULT_PAYLOAD),
    attempts: 1 + Math.floor(timeoutMs / RETRANSMISSION_MS),
    isReading,
    sender: user === null ? own : { user, group: null },
    server: own,
  };
}

/** The names of the ipsets that rules write. What is written to a list goes to one of its members. */
function findWritten(ipsets: Ipset[], phases: Phase[]): Set<string> {
  const entries = phases.flatMap(({ ruleSet }) => ruleSet?.rules ?? []).flatMap((rule) => rule.entries);
  const targets = entries.flatMap((entry) => ('rules' in entry ? entry.rules : [])).flatMap(({ target }) => target ?? []);
  const named = targets.flatMap(({ name, options }) =>
    name === 'SET' ? options.flatMap(({ flag, values: [set = ''] }) => (SET_CHANGES.includes(flag) ? [set] : [])) : [],
  );
  const lists = ipsets.filter(({ name, type }) => named.includes(name) && type === 'list:set');
  return new Set([...named, ...lists.flatMap(({ elements }) => elements.map(({ value }) => value))]);
}

function toListener({ protocol, address, port, lastPort, via, banner, command }: Server): Listener {
  return {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    address: isWildcard(address) ? null : toDigits(address),
    family: getFamily(address),
    ports: [port, lastPort],
    via,
    banner: protocol === 'http' || command !== null ? null : banner,
  };
}

function getHost(address: string): string {
  return address.split('/')[0] ?? '';
}

/** What of a world may lead packets elsewhere than to the machines and addresses that it names. */
function findUnmodelled({ loopback, ipRules, interfaces, sysctl }: WorldSpec): string | null {
  const others = Object.keys(sysctl).filter((name) => name !== FORWARDING.ipv4 && name !== FORWARDING.ipv6);
  const isUnusual = interfaces.some(
    ({ kind, link, machines }) => kind === 'bridge' || link === 'down' || machines.some(({ isRouter }) => isRouter),
  );
  return loopback === 'down'
    ? 'a world without lo'
    : ipRules.length > 0
      ? 'a routing rule'
      : isUnusual
        ? 'a bridge, a router or a link that is down'
        : others.length > 0
          ? 'a kernel setting'
          : null;
}
