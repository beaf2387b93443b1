import type { Protocol } from '../../model/result.js';
import type { RuleSet } from '../../model/scenario.js';
import { getFamily, isSameFamily } from '../../words/addresses.js';
import { listWords } from '../../words/phrases.js';
import { listTranslated, makeWorld, type World, writeServer } from './document.js';
import { addLength, isLoopback, isUsable, withoutLength } from './hosts.js';
import { draftNetwork, type DraftInterface, type DraftNetwork, findNear, hasOwn } from './network.js';
import { readRuleSetWords } from './rule-set.js';
import type { Way } from './ways.js';

/** The question of `loopfw probe`: what a client at one address sees at another. */
export interface Question {
  from: string;
  to: { protocol: Protocol; address: string; port: number };
  /** The interface that the user names; null: none. */
  inInterface: string | null;
}

/** The world for a question. */
export interface Answerable {
  world: World;
  /** The interfaces outside of which the two ends are; null: the world itself. */
  clientVia: string | null;
  serverVia: string | null;
  /** Servers that rules may send the client to, as a scenario has them. */
  others: Record<string, unknown>;
  /** One line that says what was assumed; null for a world with nothing but lo. */
  description: string | null;
}

/** Drafts the world for a question: interfaces and addresses follow from the rules and from the two ends. */
export function draftQuestion({ from, to, inInterface }: Question, ruleSet: RuleSet): Answerable {
  if (inInterface === null && [from, to.address].every(isLoopback)) {
    return { world: {}, clientVia: null, serverVia: null, others: {}, description: null };
  }
  const read = readRuleSetWords(ruleSet, getFamily(to.address));
  const network = draftNetwork(read.words, read.ways, [getFamily(to.address)], inInterface === null ? [] : [inInterface]);
  const clientVia = placeClient(from, to.address, inInterface, network);
  const serverVia = placeServer(to.address, clientVia, network, from, read.ways.some(isOfRouter));
  for (const [address, via] of [
    [from, clientVia],
    [to.address, serverVia],
  ] as const) {
    if (via === null) {
      own(address, findNear(network, address, false)?.name ?? clientVia ?? serverVia, network);
    }
  }
  const targets = listTranslated(read.ways, network, to).filter(
    ({ address, port, via }) => !(address === to.address && port === to.port && via === serverVia),
  );
  const distinct = [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
  const others = Object.fromEntries(distinct.map((target, place) => [`server-${place + 2}`, writeServer(target)]));
  return {
    world: makeWorld(network, read.asksForRoutes),
    clientVia,
    serverVia,
    others,
    description: describe(network, [
      [from, clientVia],
      [to.address, serverVia],
      ...distinct.map(({ address, via }) => [address, via] as const),
    ]),
  };
}

/** The interface outside of which the client is; null: it is the machine itself. */
function placeClient(from: string, to: string, inInterface: string | null, network: DraftNetwork): string | null {
  if (inInterface !== null) {
    return inInterface;
  }
  if (isLoopback(from) || from === to || (hasOwn(network, from) && findNear(network, from, true) !== null)) {
    return null;
  }
  return findNear(network, from, true)?.name ?? network.outer;
}

/** The interface outside of which the server is; null: it is the machine itself. */
function placeServer(to: string, clientVia: string | null, network: DraftNetwork, from: string, isRouter: boolean): string | null {
  if (isLoopback(to) || hasOwn(network, to) || isLoopback(from) || from === to) {
    return null;
  }
  const near = findNear(network, to, true);
  if (near !== null) {
    return near.name === clientVia && near.kind === 'interfaces' ? null : near.name;
  }
  const isFromInside = clientVia === null || (isRouter && clientVia !== network.outer && findNear(network, from, true)?.name === clientVia);
  return isFromInside ? network.outer : null;
}

/** Whether a way is of packets that the machine passes on. */
function isOfRouter({ hook, action }: Way): boolean {
  return hook === 'forward' || action.kind === 'masquerade';
}

/** Gives the machine itself an address: in the place of the one that loopfw chose, if the rules do not name the network. */
function own(address: string, via: string | null, network: DraftNetwork): void {
  const target = network.interfaces.find(({ name }) => name === (via ?? network.outer));
  if (target === undefined || isLoopback(address) || !isUsable(address) || hasOwn(network, address)) {
    return;
  }
  const kept = target.isNamed ? target.addresses : target.addresses.filter((each) => !isSameFamily(each, address));
  target.addresses = [...kept, addLength(address)];
}

function describe({ interfaces }: DraftNetwork, ends: (readonly [address: string, via: string | null])[]): string {
  const used = (each: DraftInterface) =>
    ends.some(([address, via]) => via === each.name || each.addresses.some((own) => withoutLength(own) === address));
  const owned = interfaces.filter(used).map(({ name, addresses }) => `${name} has ${listWords(addresses, 'and')}`);
  const outside = ends.filter(([, via]) => via !== null).map(([address, via]) => `${address} is outside of ${via}`);
  return [...owned, ...new Set(outside)].join('; ');
}
