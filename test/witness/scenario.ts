// The parts of a scenario file that the witness reads, and the machines that it names.
import { BlockList, isIPv6 } from 'node:net';

export interface WitnessScenario {
  ruleset: { file: string };
  interfaces?: Record<string, Link>;
  bridges?: Record<string, Link>;
  routes?: string[];
  ipRules?: string[];
  sysctl?: Record<string, number>;
  servers?: Record<string, Party & { protocol: 'tcp' | 'udp'; port: number }>;
  clients: Record<string, string | Party>;
  probes: { from: string; to: string }[];
}

interface Link {
  addresses?: string[];
  mtu?: number;
}

export interface Party {
  address: string;
  via?: string;
}

export interface Machine {
  via: string;
  address: string;
  /** The world's own addresses on the interface that the machine is behind. */
  networks: string[];
  /** Addresses to which it forwards. */
  behind: string[];
}

/** Each address outside is a machine, and so is each next hop of a route. */
export function listMachines({ interfaces = {}, bridges = {}, servers = {}, clients, routes = [] }: WitnessScenario): Machine[] {
  const links = { ...interfaces, ...bridges };
  const parties = [...Object.values(servers), ...Object.values(clients).filter((client) => typeof client !== 'string')];
  const machines = new Map<string, Machine>();
  const add = (address: string, via: string) => {
    const known = machines.get(address);
    const machine = known ?? { via, address, networks: links[via]?.addresses ?? [], behind: [] };
    machines.set(address, machine);
    return machine;
  };
  parties.forEach(({ address, via }) => via !== undefined && add(address, via));
  const outside = [...machines.values()];
  for (const hop of new Set(routes.flatMap((route) => / via (\S+)/.exec(route)?.[1] ?? []))) {
    const [via] = Object.entries(links).find(([, { addresses = [] }]) => addresses.some((network) => contains(network, hop))) ?? [];
    if (via === undefined) {
      throw new Error(`the next hop ${hop} is in no network of the world`);
    }
    const others = outside.filter((one) => one.via === via && !one.networks.some((network) => contains(network, one.address)));
    add(hop, via).behind.push(...others.map(({ address }) => address));
  }
  return [...machines.values()];
}

export function getClient(name: string, { clients }: WitnessScenario): Party {
  const client = clients[name] ?? name;
  return typeof client === 'string' ? { address: client } : client;
}

export function getTarget(to: string, { servers = {} }: WitnessScenario): { protocol: string; address: string; port: number } {
  const [, protocol = '', six, four, port = '0'] = /^(\w+):\/\/(?:\[(.+)\]|([\d.]+))(?::(\d+))?$/.exec(to) ?? [];
  return servers[to] ?? { protocol, address: six ?? four ?? '', port: Number(port) };
}

/** The address of a text ADDRESS/PREFIX. */
export function getHost(text: string): string {
  return text.split('/')[0] ?? text;
}

export function contains(network: string, address: string): boolean {
  const [host = '', prefix = ''] = network.split('/');
  const family = isIPv6(host) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(host, Number(prefix), family);
  return isIPv6(address) === isIPv6(host) && list.check(address, family);
}
