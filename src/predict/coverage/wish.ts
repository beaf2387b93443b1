import { CLIENT_PORTS } from '../../model/protocols.js';
import type { Family } from '../../model/rule.js';
import { findFlags, findStates } from '../../rules/packets/combinations.js';
import type { PacketSet } from '../../rules/packets/packet-set.js';
import { intersect, type Range } from '../../rules/packets/ranges.js';
import type { Hook } from '../chains/rule-set.js';
import { isNamed } from '../rule/condition.js';
import type { Path } from './paths.js';
import { holds, subtract } from '../rule/sets.js';

/**
 * Which packet of a conversation is to match.
 * - request: the first of the client
 * - answer: the first of the server
 * - error: an ICMP error about a datagram for a closed port
 * - data: what a TCP client sends after the handshake
 * - reply: what the server sends then
 */
export type Role = 'request' | 'answer' | 'error' | 'data' | 'reply';

export type Transport = 'tcp' | 'udp' | 'icmp';

/** Where the two ends of a probe are: at an interface, or in the world itself (null). */
export interface Ways {
  client: string | null;
  server: string | null;
}

/** What a probe must have. Ranges are those of the request, whichever packet is to match. */
export interface Wish {
  family: Family;
  transport: Transport;
  role: Role;
  ways: Ways;
  client: Range[];
  server: Range[];
  clientPort: Range[];
  serverPort: Range[];
  user: number | null;
  /** Whether a server listens there. false: it does not matter, or none may. */
  listens: boolean;
}

/** The fields of a wish that are ranges. */
export type WishField = 'client' | 'server' | 'clientPort' | 'serverPort';

const ROLES: Role[] = ['request', 'answer', 'error', 'data', 'reply'];
const TRANSPORTS: Transport[] = ['tcp', 'udp', 'icmp'];
/** Whether the packet goes to the client. */
export const IS_BACK: Record<Role, boolean> = { request: false, answer: true, error: true, data: false, reply: true };

/** The states that connection tracking may give to each. */
const STATES: Record<Role, bigint> = {
  request: findStates('NEW,UNTRACKED'),
  answer: findStates('ESTABLISHED,UNTRACKED'),
  error: findStates('RELATED,UNTRACKED'),
  data: findStates('ESTABLISHED,UNTRACKED'),
  reply: findStates('ESTABLISHED,UNTRACKED'),
};

const findEach = (...sets: string[]) => sets.reduce((bits, set) => bits | findFlags(['FIN,SYN,RST,PSH,ACK,URG', set]), 0n);
/** The flags of TCP that each may have. */
const FLAGS: Record<Role, bigint> = {
  request: findEach('SYN'),
  answer: findEach('SYN,ACK', 'RST,ACK'),
  error: 0n,
  data: findEach('ACK', 'PSH,ACK'),
  reply: findEach('ACK', 'PSH,ACK'),
};

const NUMBERS: Record<Transport, Record<Family, bigint>> = {
  tcp: { ipv4: 6n, ipv6: 6n },
  udp: { ipv4: 17n, ipv6: 17n },
  icmp: { ipv4: 1n, ipv6: 58n },
};
/** Type and code of what ICMP has in these roles, as one number. error: the answer of a closed port. */
const ICMP: Partial<Record<Role, Record<Family, number>>> = {
  request: { ipv4: 8 << 8, ipv6: 128 << 8 },
  answer: { ipv4: 0, ipv6: 129 << 8 },
  error: { ipv4: (3 << 8) + 3, ipv6: (1 << 8) + 4 },
};

const ANY_PORT: Range[] = [[1n, 65535n]];
const MOST: Record<WishField, (family: Family) => bigint> = {
  client: getLast,
  server: getLast,
  clientPort: () => 65535n,
  serverPort: () => 65535n,
};

/** The wishes for a packet that comes to a rule by a path, for each of these ways: the simplest first. */
export function listWishes(path: Path, ways: Ways[], user: number | null): Wish[] {
  return ROLES.flatMap((role) =>
    TRANSPORTS.flatMap((transport) =>
      ways.flatMap((each) => {
        const wish = toWish(path, role, transport, each);
        return wish === null ? [] : needsListener(role, transport).map((listens): Wish => ({ ...wish, user, listens }));
      }),
    ),
  );
}

/** Whether a packet of this kind may be in a set, as far as its protocol, its interfaces, its flags and its state tell. */
export function mayBeIn({ role, transport, ways }: Wish, path: Path, set: PacketSet): boolean {
  return toWish({ ...path, set }, role, transport, ways) !== null;
}

/** A server that has no listener refuses TCP, and answers a datagram with an ICMP error. */
function needsListener(role: Role, transport: Transport): boolean[] {
  return role === 'data' || role === 'reply'
    ? [true]
    : role !== 'answer' || transport === 'icmp'
      ? [false]
      : transport === 'udp'
        ? [true]
        : [false, true];
}

function toWish(
  { family, hook, isNat, hasState, set }: Path,
  role: Role,
  transport: Transport,
  ways: Ways,
): Omit<Wish, 'user' | 'listens'> | null {
  const isIcmp = role === 'error' || transport === 'icmp';
  const protocol = NUMBERS[isIcmp ? 'icmp' : transport][family];
  const icmp = isIcmp ? ICMP[role]?.[family] : undefined;
  const isPossible =
    (role === 'error' ? transport === 'udp' : role === 'data' || role === 'reply' ? transport === 'tcp' : true) &&
    !(isNat && role !== 'request') &&
    (set.numbers.protocol === undefined || holds(set.numbers.protocol, protocol)) &&
    (set.numbers.icmp === undefined || (icmp !== undefined && holds(set.numbers.icmp, BigInt(icmp)))) &&
    (!hasState || (set.states & STATES[role]) !== 0n) &&
    (isIcmp || transport === 'udp' || (set.flags & FLAGS[role]) !== 0n) &&
    (!isIcmp || (set.numbers.sourcePort === undefined && set.numbers.destinationPort === undefined)) &&
    meets(set, hook, IS_BACK[role] ? { client: ways.server, server: ways.client } : ways);
  if (!isPossible) {
    return null;
  }
  const any: Range[] = [[0n, getLast(family)]];
  const { source = any, destination = any, sourcePort = ANY_PORT, destinationPort = ANY_PORT } = set.numbers;
  const common = { family, transport, role, ways };
  return IS_BACK[role]
    ? { ...common, client: destination, server: source, clientPort: destinationPort, serverPort: sourcePort }
    : { ...common, client: source, server: destination, clientPort: sourcePort, serverPort: destinationPort };
}

/** Whether a packet between these ends meets the hook with such interfaces. */
function meets({ inInterfaces, outInterfaces }: PacketSet, hook: Hook, { client, server }: Ways): boolean {
  const isHere = client === null;
  const [into, out] = [client ?? 'lo', server ?? 'lo'];
  const places: Partial<Record<Hook, [into: string, out: string]>> = isHere
    ? {
        output: ['', out],
        postrouting: ['', out],
        ...(server === null ? { prerouting: ['lo', ''], input: ['lo', ''] } : {}),
      }
    : { prerouting: [into, ''], ...(server === null ? { input: [into, ''] } : { forward: [into, out], postrouting: ['', out] }) };
  const place = places[hook];
  const fits = (name: string, wanted: PacketSet['inInterfaces']) =>
    wanted.every(({ value, negated }) => (name !== '' && isNamed(name, value)) !== negated);
  return place !== undefined && fits(place[0], inInterfaces) && fits(place[1], outInterfaces);
}

/** Ways to have what the wish has, and not what a rule takes: one for each field in which they differ. */
export function avoid(wish: Wish, { numbers }: PacketSet, isBack: boolean): Wish[] {
  const { source, destination, sourcePort, destinationPort } = numbers;
  const taken: Record<WishField, Range[] | undefined> = isBack
    ? { client: destination, server: source, clientPort: destinationPort, serverPort: sourcePort }
    : { client: source, server: destination, clientPort: sourcePort, serverPort: destinationPort };
  return (['serverPort', 'server', 'client', 'clientPort'] as const).flatMap((field) => {
    const others = taken[field];
    const left = others === undefined ? [] : subtract(wish[field], others, MOST[field](wish.family));
    return left.length === 0 ? [] : [{ ...wish, [field]: left }];
  });
}

/** The wish for what a set has too; null if nothing is in both. */
export function approach(wish: Wish, { numbers }: PacketSet, isBack: boolean): Wish | null {
  const { source, destination, sourcePort, destinationPort, protocol } = numbers;
  const isOfProtocol = protocol === undefined || holds(protocol, NUMBERS[wish.transport][wish.family]);
  const given: Record<WishField, Range[] | undefined> = isBack
    ? { client: destination, server: source, clientPort: destinationPort, serverPort: sourcePort }
    : { client: source, server: destination, clientPort: sourcePort, serverPort: destinationPort };
  const narrowed = { ...wish };
  for (const field of ['client', 'server', 'clientPort', 'serverPort'] as const) {
    const others = given[field];
    narrowed[field] = others === undefined ? wish[field] : intersect(wish[field], others);
    if (narrowed[field].length === 0 || !isOfProtocol) {
      return null;
    }
  }
  return narrowed;
}

/** A port for the client that is not taken; null: any of the kernel's. undefined: there is none. */
export function choosePort({ clientPort }: Wish, taken: number[]): number | null | undefined {
  const [first, last] = [BigInt(CLIENT_PORTS.first), BigInt(CLIENT_PORTS.last)];
  if (clientPort.some((range) => range[0] <= first && last <= range[1])) {
    return null;
  }
  const ends = clientPort.flatMap(([lowest, highest]) => [lowest < 1024n && highest >= 1024n ? 1024n : lowest, highest]).map(Number);
  return ends.find((port) => port > 0 && !taken.includes(port));
}

function getLast(family: Family): bigint {
  return family === 'ipv4' ? 0xffffffffn : (1n << 128n) - 1n;
}
