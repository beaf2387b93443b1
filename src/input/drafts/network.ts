import type { Family } from '../../model/rule.js';
import type { RuleSet } from '../../model/scenario.js';
import { getFamily, isIPv6Text } from '../../words/addresses.js';
import { isIn } from '../scenario/world/network.js';
import { addLength, isLoopback, isOne, isPrivate, isUsable, overlap, pickHost, withoutLength } from './hosts.js';
import type { RuleSetWords } from './rule-words.js';
import type { Way } from './ways.js';

/** An interface of a draft. */
export interface DraftInterface {
  name: string;
  kind: 'interfaces' | 'bridges';
  /** Its addresses, each with a prefix length. */
  addresses: string[];
  /** Whether the rules name its network. Otherwise the addresses are loopfw's choice. */
  isNamed: boolean;
}

/** The network of a draft: what the rules say of it, and addresses of loopfw's choice for the rest. */
export interface DraftNetwork {
  interfaces: DraftInterface[];
  /** The name of the interface to the world: clients without a place come in there. */
  outer: string;
  /** The addresses of single hosts that rules name. */
  hosts: string[];
}

/** Interfaces that are usually bridges of the machine itself. */
const BRIDGE = /^(?:docker\d|br-|br\d|virbr|lxdbr|lxcbr|incusbr|cni|podman)/;
/** Interfaces that usually lead to the world. */
const OUTER = /^(?:eth0|en[a-z]\w*|wan\w*|ppp\w*|wlan\w*|net\w*)$/;
const LONGEST_NAME = 15;
const MOST_ADDRESSES = 16;
const SHORTEST = 8;

/** The networks of loopfw's choice: for the interface to the world, and for the others in their order. */
const OUTER_NETWORKS: Record<Family, string> = { ipv4: '192.0.2.1/24', ipv6: '2001:db8::1/64' };
const INNER_NETWORKS: Record<Family, (count: number) => string> = {
  ipv4: (count) => `10.${100 + Math.floor(count / 256)}.${count % 256}.1/24`,
  ipv6: (count) => `fd00:${(count + 1).toString(16)}::1/64`,
};

/**
 * Drafts the network of a rule set.
 * @param families those for which the interfaces get addresses
 * @param also interfaces that are there whatever the rules say
 */
export function draftNetwork(words: RuleSetWords, ways: Way[], families: Family[], also: string[] = []): DraftNetwork {
  const names = listNames([...words.interfaces, ...also]);
  const outer = findOuter(names, ways);
  const hosts = listHosts(ways);
  const interfaces = [...new Set([outer, ...names])].map((name): DraftInterface => {
    return { name, kind: BRIDGE.test(name) ? 'bridges' : 'interfaces', addresses: [], isNamed: false };
  });
  for (const family of families) {
    const own = ways.filter((way) => way.family === family);
    addNamedNetworks(interfaces, outer, own, hosts);
    addOwnAddresses(interfaces, outer, own);
    addChosenNetworks(interfaces, outer, family);
  }
  return { interfaces, outer, hosts };
}

/** The interface whose network has an address; null if none has it. */
export function findNear({ interfaces }: DraftNetwork, address: string, isNamed: boolean): DraftInterface | null {
  return interfaces.find((each) => (each.isNamed || !isNamed) && each.addresses.some((prefix) => isIn(address, prefix))) ?? null;
}

/** Whether the machine itself has an address. */
export function hasOwn({ interfaces }: DraftNetwork, address: string): boolean {
  return interfaces.some(({ addresses }) => addresses.some((prefix) => withoutLength(prefix) === address));
}

/** The names of interfaces that rules name: `eth+` stands for eth0, unless a rule names one that begins so. */
function listNames(named: string[]): string[] {
  const single = named.filter((name) => !/[+*]$/.test(name));
  const patterns = named.filter((name) => /[+*]$/.test(name)).map((name) => name.slice(0, -1));
  const made = patterns.filter((start) => start !== '' && !single.some((name) => name.startsWith(start))).map((start) => `${start}0`);
  const isName = (name: string) => /^[\w.@-]+$/.test(name) && name.length <= LONGEST_NAME && !['lo', 'all', 'default'].includes(name);
  return [...new Set([...single, ...made])].filter(isName);
}

/** The interface to the world: where packets are masqueraded, else where they are translated, else the one that is called so. */
function findOuter(names: string[], ways: Way[]): string {
  const masqueraded = ways.filter(({ action }) => action.kind === 'masquerade').flatMap(({ conditions }) => conditions.outInterfaces);
  const translated = ways.filter(({ action }) => action.kind === 'translate').flatMap(({ conditions }) => conditions.inInterfaces);
  const known = [...masqueraded, ...translated].find((name) => names.includes(name));
  return known ?? names.find((name) => OUTER.test(name)) ?? names.find((name) => !BRIDGE.test(name)) ?? 'eth0';
}

function listHosts(ways: Way[]): string[] {
  const named = ways.flatMap(({ conditions, action }) => [
    ...conditions.sources,
    ...conditions.destinations,
    ...(action.kind === 'translate' && action.address !== null ? [action.address] : []),
  ]);
  return [...new Set(named.filter(isOne).map(withoutLength))];
}

/** Gives the inner interfaces the networks that rules name beside them. */
function addNamedNetworks(interfaces: DraftInterface[], outer: string, ways: Way[], hosts: string[]): void {
  const inner = interfaces.filter(({ name }) => name !== outer);
  const add = (prefix: string, target: DraftInterface | undefined) => {
    const network = isOne(prefix) ? addLength(withoutLength(prefix)) : prefix;
    const isFree = !interfaces.some(({ addresses }) => addresses.some((own) => overlap(own, network)));
    if (target === undefined || !isUsable(prefix) || Number(network.split('/')[1]) < SHORTEST || !isFree) {
      return;
    }
    const address = pickHost(network, 1, (each) => hosts.includes(each));
    if (address !== null && !target.addresses.some((own) => getFamily(own) === getFamily(address))) {
      target.addresses.push(`${address}/${network.split('/')[1]}`);
      target.isNamed = true;
    }
  };
  const waiting = () => inner.find(({ addresses }) => addresses.length === 0);
  const named = (names: string[]) => inner.find(({ name }) => names.includes(name));
  for (const { conditions, notOutInterfaces, action } of ways) {
    if (action.kind === 'masquerade') {
      conditions.sources.forEach((source) => add(source, named(notOutInterfaces) ?? waiting()));
    } else if (action.kind === 'end' && !action.drops) {
      conditions.sources.filter(isPrivate).forEach((source) => add(source, named(conditions.inInterfaces)));
      conditions.destinations.forEach((destination) => add(destination, named(conditions.outInterfaces)));
    }
  }
  for (const { action } of ways) {
    if (action.kind === 'translate' && action.address !== null) {
      add(action.address, waiting());
    }
  }
}

/** Adds the addresses that rules of INPUT, DNAT and SNAT say are the machine's own. */
function addOwnAddresses(interfaces: DraftInterface[], outer: string, ways: Way[]): void {
  for (const way of ways) {
    const names = [...way.conditions.inInterfaces, ...way.conditions.outInterfaces, outer];
    for (const address of listOwn(way)
      .filter((each) => isOne(each) && isUsable(each))
      .map(withoutLength)) {
      const near = interfaces.find(({ addresses }) => addresses.some((prefix) => isIn(address, prefix)));
      const target = near ?? interfaces.find(({ name }) => names.includes(name));
      const isThere = target?.addresses.some((prefix) => withoutLength(prefix) === address) ?? true;
      if (target !== undefined && !isThere && target.addresses.length < MOST_ADDRESSES) {
        target.addresses.push(addLength(address));
        target.isNamed = true;
      }
    }
  }
}

/** The addresses that a rule says are the machine's own. */
function listOwn({ hook, conditions, action }: Way): string[] {
  if (action.kind === 'masquerade') {
    return [action.address ?? []].flat();
  }
  return hook === 'input' || (hook === 'prerouting' && action.kind === 'translate') ? conditions.destinations : [];
}

function addChosenNetworks(interfaces: DraftInterface[], outer: string, family: Family): void {
  let count = 0;
  for (const each of interfaces.filter(({ addresses }) => !addresses.some((own) => getFamily(own) === family))) {
    const taken = interfaces.flatMap(({ addresses }) => addresses);
    let network = each.name === outer ? OUTER_NETWORKS[family] : INNER_NETWORKS[family](count++);
    while (taken.some((own) => overlap(own, network))) {
      network = INNER_NETWORKS[family](count++);
    }
    each.addresses.push(network);
  }
}

/**
 * Whether rule sets are about lo alone: every way of them is for lo, or for an address of lo. A policy that drops, and a rule for answers or
 * fixed client ports, are about those outside, too.
 */
export function isAboutLoAlone(ruleSets: RuleSet[], { chains, interfaces }: RuleSetWords, ways: Way[]): boolean {
  return (
    ways.length > 0 &&
    interfaces.every((name) => name === 'lo') &&
    chains.every(({ rules }) => rules.every(({ meetsNew, conditions }) => meetsNew || conditions.inInterfaces.includes('lo'))) &&
    !ruleSets.some(hasDropPolicy) &&
    ways.every(({ conditions, action }) => {
      const names = [...conditions.inInterfaces, ...conditions.outInterfaces];
      const addresses = [...conditions.sources, ...conditions.destinations];
      return action.kind !== 'masquerade' && (names.includes('lo') || (names.length === 0 && addresses.some(isLoopback)));
    })
  );
}

function hasDropPolicy({ rules, natives }: RuleSet): boolean {
  const isDrop = rules.some(({ entries }) => entries.some((entry) => entry.kind === 'policy' && entry.policy === 'DROP'));
  return isDrop || natives.some(({ text }) => /\bpolicy\s+drop\b/.test(text));
}

/** The families that a rule set is about. */
export function listFamilies({ chains }: RuleSetWords, ways: Way[]): Family[] {
  const families = new Set([...chains.flatMap(({ family }) => family ?? []), ...ways.map(({ family }) => family)]);
  return families.size === 0 ? ['ipv4'] : [...families];
}

/** The kernel's setting that makes the world forward packets. */
export function getForwarding(addresses: string[]): Record<string, number> {
  const hasIPv6 = addresses.some(isIPv6Text);
  const hasIPv4 = addresses.some((address) => !isIPv6Text(address));
  return { ...(hasIPv4 ? { 'net.ipv4.ip_forward': 1 } : {}), ...(hasIPv6 ? { 'net.ipv6.conf.all.forwarding': 1 } : {}) };
}
