import type { Family } from '../../model/rule.js';
import { ALL_FLAGS, ALL_STATES, findFlags, findStates } from '../../rules/packets/combinations.js';
import { isEmpty, type PacketSet } from '../../rules/packets/packet-set.js';
import { intersect, type Range, readAddresses } from '../../rules/packets/ranges.js';
import { getProtocolName } from '../../rules/values/protocol.js';
import { explainMiss } from '../chains/conditions.js';
import { isNamed } from '../rule/condition.js';
import type { AskedThen } from '../predict.js';
import type { Path, Placed } from './paths.js';

const PROTOCOLS: Record<Family, Range[]> = {
  ipv4: [
    [1n, 1n],
    [6n, 6n],
    [17n, 17n],
  ],
  ipv6: [
    [6n, 6n],
    [17n, 17n],
    [58n, 58n],
  ],
};
const TCP: Range[] = [[6n, 6n]];
/**
 * Echo, its reply, the errors of closed ports, of REJECT and of routers (a packet that is too long or too old); of IPv6 also what the kernel
 * itself asks its neighbours (130 to 143).
 */
const MESSAGES: Record<Family, Range[]> = {
  ipv4: [
    [0n, 0n],
    [3n << 8n, (3n << 8n) + 4n],
    [(3n << 8n) + 9n, (3n << 8n) + 10n],
    [(3n << 8n) + 13n, (3n << 8n) + 13n],
    [8n << 8n, 8n << 8n],
    [11n << 8n, 11n << 8n],
  ],
  ipv6: [
    [1n << 8n, (1n << 8n) + 6n],
    [2n << 8n, 3n << 8n],
    [128n << 8n, 128n << 8n],
    [129n << 8n, 143n << 8n],
  ],
};

const ERRORS: Record<Family, Range[]> = {
  ipv4: [
    [3n << 8n, (6n << 8n) - 1n],
    [11n << 8n, (13n << 8n) - 1n],
  ],
  ipv6: [[1n << 8n, (5n << 8n) - 1n]],
};
const toRanges = (...texts: string[]) => texts.flatMap((text) => readAddresses(text) ?? []);
/** Groups of machines, and addresses that no machine has. IPv6 asks groups for its neighbours. */
const NO_DESTINATIONS: Record<Family, Range[]> = { ipv4: toRanges('224.0.0.0/4', '240.0.0.0/4'), ipv6: [] };
const NO_SOURCES: Record<Family, Range[]> = {
  ipv4: [...toRanges('0.0.0.0/8'), ...NO_DESTINATIONS.ipv4],
  ipv6: toRanges('::/128', 'ff00::/8'),
};
const LOOPBACK: Record<Family, Range[]> = { ipv4: toRanges('127.0.0.0/8'), ipv6: toRanges('::1/128') };

const toFlags = (...sets: string[]) => sets.reduce((bits, set) => bits | findFlags(['FIN,SYN,RST,PSH,ACK,URG', set]), 0n);
const SENT_FLAGS = toFlags('SYN', 'SYN,ACK', 'ACK', 'PSH,ACK', 'FIN,ACK', 'FIN,PSH,ACK', 'RST', 'RST,ACK');
const RESETS = toFlags('RST', 'RST,ACK');
const FIRST_FLAGS = toFlags('SYN');
const VALID = findStates('NEW,RELATED,ESTABLISHED,UNTRACKED');
const NOT_FIRST = findStates('RELATED,ESTABLISHED,UNTRACKED');
const OF_ERRORS = findStates('RELATED,UNTRACKED');
const NOT_RELATED = findStates('INVALID,NEW,ESTABLISHED,UNTRACKED');

/** Why no packet can match a rule, whoever sends it; null if one may. */
export function findNever(placed: { placed: Placed; paths: Path[] }[], isNever: (entry: number) => boolean): string | null {
  const reasons = placed.map(({ placed: { rule, chain }, paths }) => {
    const unmet = rule?.reach.getUnmet() ?? null;
    if (unmet !== null) {
      return `no packet meets ${unmet}`;
    }
    if (paths.length === 0) {
      return `no rule leads to the chain ${chain.name}`;
    }
    const alive = paths.filter(({ leads }) => leads.every(({ entry }) => entry === null || !isNever(entry)));
    if (alive.length === 0) {
      return `the rules that lead to the chain ${chain.name} can never match`;
    }
    const whole = alive.filter(({ set }) => !isEmpty(set));
    return whole.length > 0 ? null : describeConflict(rule?.reach.getSet(), chain.name);
  });
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

function describeConflict(own: PacketSet | undefined, chain: string): string {
  return own !== undefined && isEmpty(own)
    ? 'its conditions exclude each other'
    : `the rules that lead to the chain ${chain} bring no packet that it asks for`;
}

/** Which packet only matches a rule, where no probe sends it; null if one may. */
export function findUnsendable(placed: { placed: Placed; paths: Path[] }[]): string | null {
  const reasons = placed.flatMap(({ placed: { rule }, paths }) =>
    paths.filter(({ set }) => !isEmpty(set)).map((path) => findNeed(path, rule)),
  );
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

function findNeed({ family, leads, hasState, set }: Path, rule: Placed['rule']): string | null {
  const need = [...leads, ...(rule === null ? [] : [rule])].map(({ reach }) => reach.getNeed()).find((own) => own !== null) ?? null;
  const { numbers, flags } = set;
  const states = hasState ? set.states : ALL_STATES;
  const { protocol, icmp } = numbers;
  const isTcp = flags !== ALL_FLAGS || (protocol !== undefined && isOnly(protocol, TCP));
  if (need !== null) {
    return `it needs ${need}`;
  }
  if (protocol !== undefined && intersect(protocol, PROTOCOLS[family]).length === 0) {
    const [[first] = [0n]] = protocol;
    return `it needs a packet of the protocol ${getProtocolName(String(first))}`;
  }
  if (icmp !== undefined && intersect(icmp, MESSAGES[family]).length === 0) {
    const [[first] = [0n]] = icmp;
    return `it needs an ICMP message of type ${first >> 8n}, which no probe brings about`;
  }
  if ((states & VALID) === 0n) {
    return 'it needs a packet in the state INVALID';
  }
  if ((flags & SENT_FLAGS) === 0n) {
    return 'it needs TCP flags that no client and no server sends';
  }
  if (isTcp && (states & NOT_FIRST) === 0n && (flags & FIRST_FLAGS) === 0n) {
    return 'it needs a new connection that does not begin with a SYN';
  }
  const from = numbers.source !== undefined && isOnly(numbers.source, NO_SOURCES[family]);
  if (from || (numbers.destination !== undefined && isOnly(numbers.destination, NO_DESTINATIONS[family]))) {
    return `it needs a packet ${from ? 'from' : 'to'} an address that no ${from ? 'client' : 'probe'} has`;
  }
  if (numbers.source !== undefined && isOnly(numbers.source, LOOPBACK[family]) && isOutside(set)) {
    return 'it needs a packet from a loopback address that comes in by an interface';
  }
  if ([numbers.sourcePort, numbers.destinationPort].some((ports) => ports !== undefined && isOnly(ports, [[0n, 0n]]))) {
    return 'it needs a packet with the port 0';
  }
  if (icmp !== undefined && isOnly(icmp, ERRORS[family]) && (states & OF_ERRORS) === 0n) {
    return 'it needs an ICMP error that belongs to no connection';
  }
  const isOfIcmp = protocol === undefined || intersect(protocol, family === 'ipv4' ? [[1n, 1n]] : [[58n, 58n]]).length > 0;
  // A RST that REJECT sends is related, too.
  const isOfReset = isOfTcp(protocol) && (flags & RESETS) !== 0n;
  return (states & NOT_RELATED) === 0n && !isOfIcmp && !isOfReset
    ? 'it needs a connection that another one has announced (a conntrack helper)'
    : null;
}

function isOfTcp(protocol: Range[] | undefined): boolean {
  return protocol === undefined || intersect(protocol, TCP).length > 0;
}

/** Whether a rule asks for packets that come in by an interface other than lo. */
function isOutside({ inInterfaces }: PacketSet): boolean {
  return inInterfaces.some(({ value, negated }) => isNamed('lo', value) === negated);
}

function isOnly(ranges: readonly Range[], only: readonly Range[]): boolean {
  return ranges.every(([first, last]) => only.some((range) => range[0] <= first && last <= range[1]));
}

/** What the probe that came nearest does not meet. */
export function describeNearest(nearest: AskedThen | null, before: number | null): string {
  if (nearest === null) {
    return before === null
      ? 'no probe was found whose packets come to it'
      : `no probe was found whose packets come past rule ${before} to it`;
  }
  const { rule, packet, place } = nearest;
  for (const condition of rule.conditions) {
    const answer = condition.ask(packet, place);
    if (answer === false) {
      const { wants, has } = explainMiss(condition, packet, place);
      return `no probe was found that meets ${wants}${has === null || has === '' ? '' : `: the nearest has ${has}`}`;
    }
    if (answer !== true) {
      return `no probe was found: what decides is not known (${answer.unknown})`;
    }
  }
  return 'no probe was found that certainly comes to it';
}
