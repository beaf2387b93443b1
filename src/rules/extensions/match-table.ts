import type { MatchExtension } from '../extension.js';
import { addrtype, iprange, mac, physdev, pkttype, rpfilter } from './matches/addresses.js';
import { connbytes, connmark, conntrack, helper, state } from './matches/conntrack.js';
import { string, u32 } from './matches/content.js';
import { dscp, ecn, eui64, frag, hl, length, rt, tos, ttl } from './matches/headers.js';
import { recent, statistic, time } from './matches/history.js';
import { icmp, icmp6 } from './matches/icmp.js';
import { ah, esp, ipcomp, policy } from './matches/ipsec.js';
import { connlimit, hashlimit, limit, quota } from './matches/limits.js';
import { comment, cpu, mark, owner, socket } from './matches/local.js';
import { set } from './matches/sets.js';
import { dccp, multiport, sctp, tcp, tcpmss, udp } from './matches/transport.js';

/** Every match of the rule language. */
export const MATCHES = {
  addrtype,
  ah,
  comment,
  connbytes,
  connlimit,
  connmark,
  conntrack,
  cpu,
  dccp,
  dscp,
  ecn,
  esp,
  eui64,
  frag,
  hashlimit,
  helper,
  hl,
  icmp,
  icmp6,
  ipcomp,
  iprange,
  length,
  limit,
  mac,
  mark,
  multiport,
  owner,
  physdev,
  pkttype,
  policy,
  quota,
  recent,
  rpfilter,
  rt,
  sctp,
  set,
  socket,
  state,
  statistic,
  string,
  tcp,
  tcpmss,
  time,
  tos,
  ttl,
  u32,
  udp,
} satisfies Record<string, MatchExtension>;

/**
 * A Map, because V8 must intern a string before it looks up a property of that name. This is slow for a string that was just cut out of a
 * text.
 */
const BY_NAME = new Map<string, MatchExtension>(Object.entries(MATCHES));

const IMPLIED = new Map(
  Object.entries<MatchExtension>(MATCHES).flatMap(([name, { isImplied, protocols }]) =>
    isImplied === true ? [[protocols?.[0], name]] : [],
  ),
);

export function getMatch(name: string): MatchExtension | null {
  return BY_NAME.get(name) ?? null;
}

/**
 * The match whose options may follow -p without -m.
 *
 * @param protocol the canonical name of the protocol
 */
export function findImpliedMatch(protocol: string): string | null {
  return IMPLIED.get(protocol) ?? null;
}
