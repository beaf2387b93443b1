// What an observation says: a cause, and the reason of routing. No trace and no code of loopfw is asked.
import type { Cause } from '../../../src/model/result.js';
import type { Reason } from './cases.js';
import { type Observation, PORT } from './observe.js';
import type { Situation } from './situation.js';

export interface Testimony {
  cause: Cause;
  reason: Reason | null;
}

/** The errno of `ip route get`, by its text. */
const ERRORS: [RegExp, Reason][] = [
  [/Network is unreachable/, 'no-route'],
  [/Permission denied/, 'prohibit'],
  [/No route to host/, 'unreachable'],
];
/** The errno of a client whose send fails. */
const SAID: Record<string, Reason> = { ENETUNREACH: 'no-route', EACCES: 'prohibit', EHOSTUNREACH: 'unreachable' };
/** The ICMP errors of the kernel that tell a reason. ICMPv6 has one code for no route and for an unreachable one. */
const ICMP: [RegExp, Reason][] = [
  [/ICMP net \S+ unreachable/, 'no-route'],
  [/ICMP host \S+ unreachable,/, 'unreachable'],
  [/ICMP host \S+ unreachable - admin prohibited|destination unreachable, unreachable prohibited/, 'prohibit'],
];

/** Judges a packet from the capture, the counters, and the answers of ip(8). */
export function testify(situation: Situation, seen: Observation): Testimony {
  const { place, protocol } = situation;
  const { said, isSent, isDelivered, captured } = seen;
  const hasFailed = said !== 'connected' && said !== 'timeout';
  if (said === 'connected') {
    return { cause: 'service', reason: null };
  }
  if (place === 'own' && !isSent) {
    return { cause: 'local', reason: SAID[said] ?? (said === 'EINVAL' ? 'blackhole' : null) };
  }
  const hasLeft = captured.some((line) => isOfFlow(line) && / (eth\d+) +Out /.test(line));
  const neighbour = findMissingNeighbour(seen);
  if (neighbour) {
    return { cause: 'not-routed', reason: 'no-neighbour' };
  }
  const hasAnswered = captured.some((line) => / (eth\d+) +In /.test(line) && line.includes(`.${PORT}: `));
  if ((hasLeft && !hasAnswered) || (!hasLeft && isDelivered)) {
    return { cause: 'silent', reason: null };
  }
  const isRewritten = situation.rules.some((rule) => rule.includes('DNAT'));
  const isRefusedSend = place === 'own' && hasFailed && protocol === 'udp' && isRewritten;
  return { cause: isRefusedSend ? 'local' : 'not-routed', reason: findReason(situation, seen) };
}

const isOfFlow = (line: string) => line.includes(`.${PORT} > `);

/** A question of ARP or of neighbour discovery to which nobody answers. */
function findMissingNeighbour({ captured, neighbours }: Observation): boolean {
  const missing = neighbours.split('\n').flatMap((line) => (/ (?:FAILED|INCOMPLETE)/.test(line) ? [line.split(' ')[0]!] : []));
  return missing.some((address) =>
    captured.some((line) => (/ Out .*who.has /.test(line) && line.includes(`who-has ${address} `)) || line.includes(`who has ${address},`)),
  );
}

function findReason({ family, routed }: Situation, seen: Observation): Reason {
  const { grown, captured, route, routeWithoutSource, sourceRoute } = seen;
  const { source, destination, inInterface } = routed;
  if (grown['IpExt.IPReversePathFilter'] ?? grown['TcpExt.IPReversePathFilter']) {
    return 'rp-filter';
  }
  if (grown['Ip.InAddrErrors']) {
    return 'forwarding';
  }
  if (grown['Ip6InAddrErrors']) {
    return /^(::1|ff\w+::.*)$/.test(source) ? 'martian' : 'forwarding';
  }
  const told =
    inInterface === null ? undefined : ICMP.find(([pattern]) => captured.some((line) => / Out /.test(line) && pattern.test(line)));
  if (told !== undefined) {
    return told[1];
  }
  const error = ERRORS.find(([pattern]) => pattern.test(route));
  if (error !== undefined) {
    return error[1];
  }
  if (!/Invalid argument|Invalid cross-device link/.test(route)) {
    return 'unknown';
  }
  if (/^RTNETLINK/.test(routeWithoutSource)) {
    return 'blackhole';
  }
  if (inInterface === null) {
    return source.startsWith('127.') ? 'localnet' : 'unknown';
  }
  if (family === 'ipv4' && (/^(local|broadcast|multicast) /m.test(sourceRoute) || /^(127|22[4-9]|23\d|255)\./.test(source))) {
    return 'martian';
  }
  return destination.startsWith('127.') ? 'localnet' : 'blackhole';
}
