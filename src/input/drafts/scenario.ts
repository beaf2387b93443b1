import type { Family } from '../../model/rule.js';
import type { RuleSet } from '../../model/scenario.js';
import { nameService } from '../../rules/values/services.js';
import { getFamily, isIPv6Text, printEndpoint } from '../../words/addresses.js';
import { type DraftClient, type DraftServer, listTranslated, makeWorld, type World } from './document.js';
import { draftNetwork, type DraftInterface, type DraftNetwork, isAboutLoAlone, listFamilies } from './network.js';
import { type End, getOwn, placeEnds, placeStranger } from './places.js';
import { readRuleSetWords } from './rule-set.js';
import type { DraftProtocol } from './rule-words.js';
import type { Way } from './ways.js';

/** The most probes of a draft. More are seldom read. */
const MOST_PROBES = 100;
/** A port of which a rule seldom speaks: the first that no rule names shows what all others meet. */
const UNNAMED_PORTS = [9, 79, 4000, 49_999];

export interface DraftProbe {
  from: string;
  /** The name of a server, or a URL. */
  to: string;
}

/** A scenario without expectations. */
export interface DraftScenario {
  world: World;
  /** The interfaces whose addresses are loopfw's choice. */
  chosen: string[];
  clients: DraftClient[];
  servers: DraftServer[];
  probes: DraftProbe[];
  /** The names of clients of which no rule speaks: what they reach, everyone by their interface reaches, except hosts that a rule names. */
  strangers: string[];
  /** How many probes were left out because there are too many. */
  leftOut: number;
}

/** A question of a draft, before its ends have names. */
interface Question {
  from: End;
  to: End;
  protocol: DraftProtocol;
  /** 0 for ICMP. */
  port: number;
  /** Whether a server listens there. */
  isServed: boolean;
}

/** Drafts a scenario with a probe for each service that the rules name. */
export function draftScenario(ruleSet: RuleSet): DraftScenario {
  const read = readRuleSetWords(ruleSet, 'ipv4');
  const isOnLo = isAboutLoAlone(read.ways) && read.words.interfaces.every((name) => name === 'lo');
  const families = listFamilies(read.words, read.ways);
  const drafted = draftNetwork(read.words, read.ways, families);
  const network: DraftNetwork = isOnLo ? { ...drafted, interfaces: [] } : drafted;
  const questions = [...listServices(read.ways, network), ...listOthers(read.ways, network, families)];
  const distinct = [...new Map(questions.map((question) => [JSON.stringify({ ...question, isServed: null }), question])).values()];
  const kept = distinct.slice(0, MOST_PROBES);
  const parties = nameParties(kept, read.ways, network);
  return {
    world: makeWorld(network, read.asksForRoutes),
    chosen: network.interfaces.filter(({ isNamed }) => !isNamed).map(({ name }) => name),
    ...parties,
    strangers: parties.clients.filter((client) => isStranger(client, network)).map(({ name }) => name),
    leftOut: distinct.length - kept.length,
  };
}

/** A question for each service that a rule names, and one from elsewhere where the rule asks for a client's address. */
function listServices(ways: Way[], network: DraftNetwork): Question[] {
  return ways.flatMap((way) => {
    const { protocols, ports, sources } = way.conditions;
    const isAsked = way.hook === 'prerouting' ? way.action.kind === 'translate' : way.hook !== 'postrouting' && way.action.kind === 'end';
    const ends = isAsked ? placeEnds(way, network) : null;
    if (ends === null) {
      return [];
    }
    const elsewhere = sources.length === 0 ? null : placeEnds({ ...way, conditions: { ...way.conditions, sources: [] } }, network);
    return [ends, ...(elsewhere === null ? [] : [elsewhere])].flatMap(({ from, to }) =>
      (protocols.length === 0 ? (['tcp'] as const) : protocols).flatMap((protocol): Question[] => {
        if (protocol === 'icmp') {
          return [{ from, to, protocol, port: 0, isServed: false }];
        }
        return ports.map((port) => ({ from, to, protocol, port, isServed: true }));
      }),
    );
  });
}

/** Questions of which the rules need not speak: ping, and a port that no rule names. */
function listOthers(ways: Way[], network: DraftNetwork, families: Family[]): Question[] {
  const named = new Set(ways.flatMap(({ conditions }) => conditions.ports));
  const port = UNNAMED_PORTS.find((each) => !named.has(each)) ?? 1;
  return families.flatMap((family) =>
    network.interfaces.flatMap((each: DraftInterface): Question[] => {
      const [from, address] = [placeStranger(each, family, network), getOwn(each, family)];
      if (from === null || address === null) {
        return [];
      }
      const to = { address, via: null };
      return [
        { from, to, protocol: 'icmp', port: 0, isServed: false },
        { from, to, protocol: 'tcp', port, isServed: false },
      ];
    }),
  );
}

/** Gives clients and servers names, and lists the probes between them. */
function nameParties(questions: Question[], ways: Way[], network: DraftNetwork): Pick<DraftScenario, 'clients' | 'servers' | 'probes'> {
  const clients = new Map<string, DraftClient>();
  const servers = new Map<string, DraftServer>();
  const addServer = (server: Omit<DraftServer, 'name'>) => {
    const key = `${server.protocol} ${printEndpoint(server.address, server.port)}`;
    const named = servers.get(key) ?? { ...server, name: nameServer(server, [...servers.values()]) };
    servers.set(key, named);
    return named;
  };
  const probes = questions.map(({ from, to, protocol, port, isServed }): DraftProbe => {
    const client = clients.get(from.address) ?? { ...from, name: nameClient(from, network, [...clients.values()]) };
    clients.set(from.address, client);
    if (protocol === 'icmp') {
      return { from: client.name, to: `icmp://${isIPv6Text(to.address) ? `[${to.address}]` : to.address}` };
    }
    listTranslated(ways, network, { protocol, address: to.address, port }).forEach(addServer);
    return {
      from: client.name,
      to: isServed ? addServer({ protocol, port, ...to }).name : `${protocol}://${printEndpoint(to.address, port)}`,
    };
  });
  return { clients: [...clients.values()], servers: [...servers.values()], probes };
}

/** app: on lo. here: the machine itself. world: a stranger of the interface to the world. Others have the name of their interface. */
function nameClient({ address, via }: End, network: DraftNetwork, others: DraftClient[]): string {
  const each = network.interfaces.find(({ name }) => name === via);
  if (each === undefined) {
    return chooseFree([network.interfaces.length === 0 ? 'app' : 'here', `here-${toName(address)}`], others);
  }
  const usual = each.name === network.outer ? 'world' : `${each.name}-host`;
  return chooseFree([...(isStranger({ address, via }, network) ? [usual] : []), `host-${toName(address)}`], others);
}

function isStranger({ address, via }: End, network: DraftNetwork): boolean {
  const each = network.interfaces.find(({ name }) => name === via);
  return each !== undefined && placeStranger(each, getFamily(address), network)?.address === address;
}

/** The service, with the address of a machine outside, and with the protocol where another protocol has the same service. */
function nameServer({ protocol, address, port, via }: Omit<DraftServer, 'name'>, others: DraftServer[]): string {
  const service = nameService(port, protocol) ?? `${protocol}-${port}`;
  const name = via === null ? service : `${service}-on-${toName(address)}`;
  const isOther = others.some((other) => other.name === name && other.protocol !== protocol);
  return chooseFree(
    [name, ...(isOther ? [`${name}-${protocol}`] : []), `${name}-${toName(address)}`, `${protocol}-${name}-${toName(address)}`],
    others,
  );
}

/** The first name that no other has. The last one has all that tells two of them apart. */
function chooseFree(names: string[], others: { name: string }[]): string {
  return names.find((name) => !others.some((other) => other.name === name)) ?? names.at(-1) ?? '';
}

/** An address as a part of a name. */
function toName(address: string): string {
  return address.replaceAll(':', '-');
}
