import type { MatchExtension } from '../extension.js';
import { addrtype, iprange, mac, physdev, pkttype, rpfilter } from './matches/addresses.js';
import { cluster, connbytes, connlabel, connmark, conntrack, helper, state } from './matches/conntrack.js';
import { string, u32 } from './matches/content.js';
import { hashlimit } from './matches/hashlimit.js';
import { dscp, ecn, hl, length, tos, ttl } from './matches/headers.js';
import { recent, statistic, time } from './matches/history.js';
import { icmp, icmp6 } from './matches/icmp.js';
import { ah, esp, ipcomp, policy } from './matches/ipsec.js';
import { dst, eui64, frag, hbh, ipv6header, mh, rt, srh } from './matches/ipv6-headers.js';
import { connlimit, limit, quota } from './matches/limits.js';
import { comment, cpu, mark, owner, socket } from './matches/local.js';
import { devgroup, realm } from './matches/routing.js';
import { set } from './matches/sets.js';
import { dccp, multiport, osf, sctp, tcp, tcpmss, udp } from './matches/transport.js';

/** Every match of the rule language. */
export const MATCHES = {
  addrtype,
  ah,
  cluster,
  comment,
  connbytes,
  connlabel,
  connlimit,
  connmark,
  conntrack,
  cpu,
  dccp,
  devgroup,
  dscp,
  dst,
  ecn,
  esp,
  eui64,
  frag,
  hashlimit,
  hbh,
  helper,
  hl,
  icmp,
  icmp6,
  ipcomp,
  iprange,
  ipv6header,
  length,
  limit,
  mac,
  mark,
  mh,
  multiport,
  osf,
  owner,
  physdev,
  pkttype,
  policy,
  quota,
  realm,
  recent,
  rpfilter,
  rt,
  sctp,
  set,
  socket,
  srh,
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
