import { CLIENT_PORTS } from '../../model/protocols.js';
import type { Probe } from '../conversation/conversation.js';
import { type Question, reach, type Reached } from '../predict.js';
import type { Sender } from '../world/packet.js';
import { findListener, type Listener, type Network } from '../world/network.js';
import { addMachine, type ChosenEnd, type EndChooser, type Extended } from './ends.js';
import { holds } from '../rule/sets.js';
import { choosePort, type Wish } from './wish.js';

/** A probe that may lead a packet to a rule, with what its scenario needs for it. */
export interface Attempt {
  wish: Wish;
  client: ChosenEnd & { port: number | null; user: number | null };
  server: ChosenEnd & { port: number; /** whether a server is added there */ isAdded: boolean };
  world: Extended;
  probe: Probe;
  network: Network;
}

/** What TCP clients send where the server's answer is wanted. */
export const PAYLOAD = 'loopfw';
const CLIENT_RANGE = [CLIENT_PORTS.first, CLIENT_PORTS.last] as const;
const TIMEOUT_MS = 2500;
/** A TCP client sends its SYN again. The rules that the first one meets are enough. */
const ATTEMPTS = 1;
/** The ports that a server may have, where the rules do not say. */
const USUAL_PORTS = [80, 443, 22, 8080, 12345];
/** The user of loopfw's own clients and servers: the search does not know who will run it. */
const OWN: Sender = { user: null, group: null };

/** Makes a probe that has what is wished; null if no world has such ends. */
export function makeAttempt(wish: Wish, chooser: EndChooser): Attempt | null {
  const { family, ways, transport, role, user } = wish;
  const world = chooser.addWays(ways, family);
  const choose = (side: 'client' | 'server', other: string | null, taken: string | null): ChosenEnd | null =>
    ways[side] === null
      ? chooser.chooseLocal(wish[side], other, world.network, family)
      : chooser.chooseOutside(wish[side], ways[side], taken, side === 'server', world.network, family);
  const server = choose('server', ways.client, null);
  const client = server === null ? null : choose('client', ways.server, server.address);
  if (server === null || client === null) {
    return null;
  }
  const port = transport === 'icmp' ? 0 : chooseServerPort(wish, server, world.network);
  const clientPort = transport === 'icmp' ? null : choosePort(wish, listTaken(wish, world.network));
  if (port === null || clientPort === undefined) {
    return null;
  }
  const end = { address: server.address, ports: transport === 'icmp' ? null : ([port, port] as const) };
  const isListening = transport !== 'icmp' && findListener(transport, end, ways.server, world.network) !== null;
  const isAdded = transport !== 'icmp' && ((wish.listens && !isListening) || !server.isKnown);
  const added: Listener[] =
    isAdded && !isListening
      ? [{ protocol: transport, address: server.address, family, ports: [port, port], via: ways.server, banner: null }]
      : [];
  const machines = addMachine(addMachine(world.network, server, true), client, false);
  const sends = role === 'data' || role === 'reply';
  return {
    wish,
    client: { ...client, port: clientPort, user },
    server: { ...server, port, isAdded },
    world,
    network: { ...machines, listeners: [...machines.listeners, ...added] },
    probe: {
      protocol: transport,
      family,
      source: {
        address: client.address,
        ports: transport === 'icmp' ? null : clientPort === null ? CLIENT_RANGE : [clientPort, clientPort],
      },
      destination: end,
      via: ways.client,
      payload: transport === 'tcp' ? (sends ? PAYLOAD : null) : PAYLOAD,
      attempts: ATTEMPTS,
      timeoutMs: TIMEOUT_MS,
      isReading: false,
      sender: user === null ? OWN : { user, group: null },
      server: OWN,
    },
  };
}

/** Asks what becomes of a probe that is added to its scenario. */
export function tryAttempt({ probe, network }: Attempt, ruleSets: Question['ruleSets'], entry: number): Reached {
  return reach(toQuestion({ probe, network }, ruleSets), entry);
}

export function toQuestion({ probe, network }: Pick<Attempt, 'probe' | 'network'>, ruleSets: Question['ruleSets']): Question {
  return { ruleSets, network, probe, isFresh: false, clock: null };
}

/** The ports on which servers of the world listen: no client of the world has one of them. */
function listTaken({ ways, transport }: Wish, { listeners }: Network): number[] {
  const own = ways.client === null ? listeners.filter(({ protocol, via }) => via === null && protocol === transport) : [];
  return own.flatMap(({ ports: [first, last] }) => [first, last]);
}

/** A port that is wished: that of a server which is there, one that is usual, or the first. */
function chooseServerPort({ serverPort, transport, role, family, ways }: Wish, { address }: ChosenEnd, network: Network): number | null {
  const isThere = ({ protocol, via, address: own, family: its }: Listener) =>
    protocol === transport && via === ways.server && its === family && (own === null || own === address);
  const taken = network.listeners.filter(isThere).map(({ ports }) => ports[0]);
  const isFree = (port: number) => role !== 'error' || !taken.includes(port);
  const firsts = serverPort.flatMap(([first, last]) => [first, last]).map(Number);
  const known = role === 'error' ? [] : taken;
  return [...known, ...USUAL_PORTS, ...firsts].find((port) => port > 0 && holds(serverPort, BigInt(port)) && isFree(port)) ?? null;
}
