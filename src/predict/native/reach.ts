import { findStates } from '../../rules/packets/combinations.js';
import type { NumberField, PacketSet } from '../../rules/packets/packet-set.js';
import { invert, joinRanges, type Range } from '../../rules/packets/ranges.js';
import type { Reach } from '../chains/chain.js';
import { EVERYTHING, joinSets } from '../rule/sets.js';
import type { Scope } from './elements.js';
import { getMember, getOnly, getText, isObject, type Json, toList } from './json.js';
import { readPattern } from './pattern.js';
import { readVerdict } from './verdict.js';

/** What a comparison says about a field of a packet, and the protocols that have the field. */
interface Field {
  /** null: the comparison tells nothing but the protocols. */
  name: NumberField | null;
  protocols: bigint[];
  /** icmp: a type stands for all its codes. */
  isType?: boolean;
}

const PORTS: Record<string, NumberField> = { sport: 'sourcePort', dport: 'destinationPort' };
const ADDRESSES: Record<string, NumberField> = { saddr: 'source', daddr: 'destination' };
const NUMBERS: Record<string, bigint[]> = {
  tcp: [6n],
  udp: [17n],
  th: [6n, 17n],
  sctp: [132n],
  dccp: [33n],
  udplite: [136n],
  icmp: [1n],
  icmpv6: [58n],
};
/** The bits of `ct state` (libnftables-json(5)). */
const STATES: [bit: bigint, name: string][] = [
  [1n, 'INVALID'],
  [2n, 'ESTABLISHED'],
  [4n, 'RELATED'],
  [8n, 'NEW'],
  [64n, 'UNTRACKED'],
];
const MOST = (1n << 128n) - 1n;
/** The numbers that an operator lets through. `< 0` is none: nft refuses it. */
const LIMITS: Record<string, (number: number) => Json[]> = {
  '<': (number) => [0, Math.max(0, number - 1)],
  '<=': (number) => [0, number],
  '>': (number) => [number + 1, String(MOST)],
  '>=': (number) => [number, String(MOST)],
};

/** Reads which packets a native rule can match, as far as its comparisons with constants tell. */
export function readReach(statements: Json[], scope: Scope): Reach {
  let set: PacketSet | null = null;
  // What a rule compares after it has rewritten the packet says nothing of the packet that comes to it.
  const rewriting = statements.findIndex((statement) => getMangled(statement) === 'payload');
  const asked = rewriting === -1 ? statements : statements.slice(0, rewriting);
  const getSet = () => (set ??= asked.map((statement) => readComparison(statement, scope)).reduce(joinSets, EVERYTHING));
  const verdicts = statements.flatMap((statement) => listVerdicts(statement, scope));
  const user = statements.map(readUser).find((own) => own !== null) ?? null;
  return {
    getSet,
    listLeads: () =>
      verdicts.flatMap(({ verdict, set: own }) => {
        const read = readVerdict(verdict);
        return typeof read === 'object' && read !== null && 'to' in read ? [{ to: read.to, set: joinSets(getSet(), own) }] : [];
      }),
    getUnmet: () => null,
    getNeed: () => null,
    accepts: verdicts.some(({ verdict }) => readVerdict(verdict) === 'accept'),
    untracks: statements.some((statement) => getOnly(statement)?.[0] === 'notrack' || getMangled(statement) === 'ct zone'),
    rewrites: rewriting !== -1,
    user,
  };
}

/** What a statement sets: `payload` for a field of the packet itself, `ct zone`; null if it sets nothing, or something else. */
function getMangled(statement: Json): 'payload' | 'ct zone' | null {
  const [kind, content] = getOnly(getMember(getMember(statement, 'mangle'), 'key') ?? null) ?? ['', null];
  return kind === 'payload' ? kind : kind === 'ct' && getText(content, 'key') === 'zone' ? 'ct zone' : null;
}

function readComparison(statement: Json, scope: Scope): PacketSet {
  const match = getMember(statement, 'match');
  const [left, operator] = [getMember(match, 'left'), getText(match, 'op')];
  const right = getMember(match, 'right');
  if (match === undefined || right === undefined) {
    return EVERYTHING;
  }
  const limits = LIMITS[operator];
  if (limits !== undefined) {
    return typeof right === 'number' && getOnly(left ?? null)?.[0] === 'payload'
      ? compare(left, [{ range: limits(right) }], false)
      : EVERYTHING;
  }
  return ['==', '!=', 'in'].includes(operator) ? compare(left, listValues(right, scope), operator === '!=') : EVERYTHING;
}

/** The packets whose expression has one of these values; or none of them. */
function compare(left: Json | undefined, values: Json[], isNegated: boolean): PacketSet {
  const [kind, content] = getOnly(left ?? null) ?? ['', null];
  const key = getText(content, 'key');
  if (kind === 'meta' && (key === 'iifname' || key === 'oifname')) {
    const names = values.filter((value) => typeof value === 'string').map((value) => value.replace(/\*$/, '+'));
    const side = key === 'iifname' ? 'inInterfaces' : 'outInterfaces';
    return isNegated || names.length === 1 ? { ...EVERYTHING, [side]: names.map((value) => ({ value, negated: isNegated })) } : EVERYTHING;
  }
  if (kind === 'ct' && key === 'state') {
    const bits = values.reduce<bigint>((sum, value) => sum | (typeof value === 'number' ? BigInt(value) : 0n), 0n);
    const states = findStates(STATES.flatMap(([bit, name]) => ((bits & bit) === 0n ? [] : [name])).join());
    return { ...EVERYTHING, states: isNegated ? EVERYTHING.states & ~states : states };
  }
  const field = findField(kind, content);
  if (field === null) {
    return EVERYTHING;
  }
  const ranges = toRanges(values, field.isType === true);
  const own: Range[] = field.protocols.map((number): Range => [number, number]);
  if (ranges === null || field.name === null) {
    return own.length === 0 ? EVERYTHING : { ...EVERYTHING, numbers: { protocol: own } };
  }
  const numbers = { [field.name]: isNegated ? invert(ranges, MOST) : ranges };
  return { ...EVERYTHING, numbers: own.length === 0 ? numbers : { ...numbers, protocol: own } };
}

function findField(kind: string, content: Json): Field | null {
  if (kind === 'meta' && getText(content, 'key') === 'l4proto') {
    return { name: 'protocol', protocols: [] };
  }
  if (kind !== 'payload') {
    return null;
  }
  const [protocol, field] = [getText(content, 'protocol'), getText(content, 'field')];
  if (protocol === 'ip' || protocol === 'ip6') {
    const name = ADDRESSES[field] ?? (field === 'protocol' || field === 'nexthdr' ? 'protocol' : null);
    return name === null ? null : { name, protocols: [] };
  }
  const protocols = NUMBERS[protocol];
  if (protocols === undefined) {
    return null;
  }
  const isIcmp = protocol === 'icmp' || protocol === 'icmpv6';
  const name = PORTS[field] ?? (isIcmp && field === 'type' ? 'icmp' : null);
  // Another field of the header says nothing but its protocol.
  return { name, protocols, isType: isIcmp };
}

/** The constants on the right of a comparison: those of a set, one by one. */
function listValues(right: Json, scope: Scope): Json[] {
  if (typeof right === 'string' && right.startsWith('@')) {
    // What rules add to a set is not known.
    const set = scope.sets.get(right.slice(1));
    return set === undefined || set.isDynamic || set.isUnmodelled ? [] : set.elements;
  }
  return isObject(right) && 'set' in right ? toList(right['set']) : Array.isArray(right) ? right : [right];
}

/** null: a value is no number. */
function toRanges(values: Json[], isType: boolean): Range[] | null {
  const ranges = values.map((value): Range | null => {
    const pattern = readPattern(value, 'number');
    return typeof pattern === 'object' && 'first' in pattern
      ? isType
        ? [pattern.first << 8n, (pattern.last << 8n) + 255n]
        : [pattern.first, pattern.last]
      : null;
  });
  return values.length === 0 || ranges.includes(null) ? null : joinRanges(ranges.filter((range) => range !== null));
}

/** The verdicts of a statement, and the packets that get each. */
function listVerdicts(statement: Json, scope: Scope): { verdict: Json; set: PacketSet }[] {
  const map = getMember(statement, 'vmap');
  if (map === undefined) {
    return [{ verdict: statement, set: EVERYTHING }];
  }
  const data = getMember(map, 'data') ?? null;
  const elements = listValues(data, scope);
  return elements.flatMap((element) => {
    const [key, verdict] = toList(element);
    return key === undefined || verdict === undefined ? [] : [{ verdict, set: compare(getMember(map, 'key'), [key], false) }];
  });
}

function readUser(statement: Json): number | null {
  const match = getMember(statement, 'match');
  const right = getMember(match, 'right');
  const isOfUser = getText(getMember(getMember(match, 'left'), 'meta'), 'key') === 'skuid' && getText(match, 'op') === '==';
  return isOfUser && typeof right === 'number' ? right : null;
}
