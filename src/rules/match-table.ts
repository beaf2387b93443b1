import type { MatchExtension } from './extension.js';
import { addrtype } from './matches/addrtype.js';
import { ah } from './matches/ah.js';
import { comment } from './matches/comment.js';
import { connbytes } from './matches/connbytes.js';
import { connlimit } from './matches/connlimit.js';
import { connmark } from './matches/connmark.js';
import { conntrack } from './matches/conntrack.js';
import { cpu } from './matches/cpu.js';
import { dccp } from './matches/dccp.js';
import { dscp } from './matches/dscp.js';
import { ecn } from './matches/ecn.js';
import { esp } from './matches/esp.js';
import { eui64 } from './matches/eui64.js';
import { frag } from './matches/frag.js';
import { hashlimit } from './matches/hashlimit.js';
import { helper } from './matches/helper.js';
import { hl } from './matches/hl.js';
import { icmp } from './matches/icmp.js';
import { icmp6 } from './matches/icmp6.js';
import { ipcomp } from './matches/ipcomp.js';
import { iprange } from './matches/iprange.js';
import { length } from './matches/length.js';
import { limit } from './matches/limit.js';
import { mac } from './matches/mac.js';
import { mark } from './matches/mark.js';
import { multiport } from './matches/multiport.js';
import { owner } from './matches/owner.js';
import { physdev } from './matches/physdev.js';
import { pkttype } from './matches/pkttype.js';
import { policy } from './matches/policy.js';
import { quota } from './matches/quota.js';
import { recent } from './matches/recent.js';
import { rpfilter } from './matches/rpfilter.js';
import { rt } from './matches/rt.js';
import { sctp } from './matches/sctp.js';
import { socket } from './matches/socket.js';
import { state } from './matches/state.js';
import { statistic } from './matches/statistic.js';
import { string } from './matches/string.js';
import { tcp } from './matches/tcp.js';
import { tcpmss } from './matches/tcpmss.js';
import { time } from './matches/time.js';
import { tos } from './matches/tos.js';
import { ttl } from './matches/ttl.js';
import { u32 } from './matches/u32.js';
import { udp } from './matches/udp.js';

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

export function getMatch(name: string): MatchExtension | null {
  return BY_NAME.get(name) ?? null;
}

const IMPLIED = new Map(
  Object.entries<MatchExtension>(MATCHES).flatMap(([name, { isImplied, protocols }]) =>
    isImplied === true ? [[protocols?.[0], name]] : [],
  ),
);

/**
 * The match whose options may follow -p without -m.
 *
 * @param protocol the canonical name of the protocol
 */
export function findImpliedMatch(protocol: string): string | null {
  return IMPLIED.get(protocol) ?? null;
}
