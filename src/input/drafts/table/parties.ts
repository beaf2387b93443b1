import { nameService } from '../../../rules/values/services.js';
import { getFamily, isIPv6Text, printEndpoint } from '../../../words/addresses.js';
import { type DraftClient, type DraftServer, listTranslated } from '../document.js';
import type { DraftNetwork } from '../network.js';
import { type End, getOwn } from '../places.js';
import type { Way } from '../ways.js';
import { isStranger, type Question, type Target } from './questions.js';
import type { QuestionTable } from './tables.js';

/** A table whose clients and targets have names. */
export interface DraftTable extends Pick<QuestionTable, 'name' | 'from' | 'to'> {
  clients: string[];
  /** The names of servers, and URLs. */
  targets: string[];
}

/** A client of a draft, and the prefixes of rules for which it is there. */
export interface NamedClient extends DraftClient {
  named: string[];
  /** Whether no rule speaks of it: it stands for everyone who comes in by its interface. */
  isStranger: boolean;
}

/** Gives clients and servers names. */
export class PartyNames {
  readonly clients = new Map<string, NamedClient>();
  readonly servers = new Map<string, DraftServer>();
  readonly #ways: Way[];
  readonly #network: DraftNetwork;
  readonly #services: Target[];

  /** @param questions all of the draft: a service that is asked at the address of each interface is one server */
  constructor(questions: Question[], ways: Way[], network: DraftNetwork) {
    this.#services = questions.filter(({ isServed, to }) => isServed && to.via === null);
    this.#ways = ways;
    this.#network = network;
  }

  name({ clients, targets, ...table }: QuestionTable): DraftTable {
    return {
      ...table,
      clients: clients.map(({ end, named }) => this.#nameClient(end, named)),
      targets: targets.map((target) => this.#nameTarget(target)),
    };
  }

  #nameClient(end: End, named: string[]): string {
    const known = this.clients.get(end.address);
    if (known !== undefined) {
      known.named = [...new Set([...known.named, ...named])];
      return known.name;
    }
    const isOfAll = isStranger(end, this.#network);
    const name = nameClient(end, isOfAll, this.#network, [...this.clients.values()]);
    this.clients.set(end.address, { ...end, name, named, isStranger: isOfAll });
    return name;
  }

  #nameTarget(target: Target): string {
    const { to, protocol, port, isServed } = target;
    if (protocol === 'icmp') {
      return `icmp://${isIPv6Text(to.address) ? `[${to.address}]` : to.address}`;
    }
    const asked = { protocol, address: to.address, port };
    listTranslated(this.#ways, this.#network, asked).forEach((server) => this.#addServer(server));
    return isServed
      ? this.#addServer({ ...asked, via: to.via, address: this.#findListening(target) })
      : `${protocol}://${printEndpoint(to.address, port)}`;
  }

  /** The address on which a server listens: all of them, where clients ask it at the first address of each of several interfaces. */
  #findListening({ to, protocol, port }: Target): string {
    const family = getFamily(to.address);
    const own = this.#services.filter(
      (service) => service.protocol === protocol && service.port === port && getFamily(service.to.address) === family,
    );
    const addresses = new Set(own.map((service) => service.to.address));
    const first = this.#network.interfaces.map((each) => getOwn(each, family));
    const isEverywhere = to.via === null && addresses.size > 1 && [...addresses].every((address) => first.includes(address));
    return isEverywhere ? (family === 'ipv4' ? '0.0.0.0' : '::') : to.address;
  }

  #addServer(server: Omit<DraftServer, 'name'>): string {
    const all =
      server.via === null ? this.servers.get(toKey({ ...server, address: isIPv6Text(server.address) ? '::' : '0.0.0.0' })) : undefined;
    const known = all ?? this.servers.get(toKey(server)) ?? { ...server, name: nameServer(server, [...this.servers.values()]) };
    this.servers.set(toKey(known), known);
    return known.name;
  }
}

function toKey({ protocol, address, port }: Omit<DraftServer, 'name'>): string {
  return `${protocol} ${printEndpoint(address, port)}`;
}

/** app: on lo. here: the machine itself. world: a stranger of the interface to the world. Others have the name of their interface. */
function nameClient({ address, via }: End, isOfAll: boolean, network: DraftNetwork, others: DraftClient[]): string {
  const each = network.interfaces.find(({ name }) => name === via);
  const isLoopback = each === undefined && /^127\.|^::1$/.test(address);
  const usual = each === undefined ? (isLoopback ? 'app' : 'here') : each.name === network.outer ? 'world' : `${each.name}-host`;
  const plain = each === undefined || isOfAll ? [usual, ...(isIPv6Text(address) ? [`${usual}-ipv6`] : [])] : [];
  return chooseFree([...plain, `${each === undefined ? usual : 'host'}-${toName(address)}`], others);
}

/** The service, with the address of a machine outside, and with the protocol where another protocol has the same service. */
function nameServer({ protocol, address, port, via }: Omit<DraftServer, 'name'>, others: DraftServer[]): string {
  const service = nameService(port, protocol) ?? `${protocol}-${port}`;
  const name = via === null ? service : `${service}-on-${toName(address)}`;
  const isOther = others.some((other) => other.name === name && other.protocol !== protocol);
  const distinct = isOther ? `${name}-${protocol}` : name;
  const ofFamily = isIPv6Text(address) ? [`${distinct}-ipv6`] : [];
  return chooseFree([name, distinct, ...ofFamily, `${name}-${toName(address)}`, `${protocol}-${name}-${toName(address)}`], others);
}

/** The first name that no other has. The last one has all that tells two of them apart. */
function chooseFree(names: string[], others: { name: string }[]): string {
  return names.find((name) => !others.some((other) => other.name === name)) ?? names.at(-1) ?? '';
}

/** An address as a part of a name. */
function toName(address: string): string {
  return address.replaceAll(':', '-');
}
