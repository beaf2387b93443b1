import type { MATCHES } from '../../rules/extensions/match-table.js';
import { unknown } from '../world/answer.js';
import type { MatchModel } from '../rule/condition.js';
import { addrtype, iprange, mac, physdev, pkttype, rpfilter } from './addresses.js';
import { connbytes, connmark, conntrack, helper, state } from './conntrack.js';
import { string } from './content.js';
import { dscp, ecn, eui64, extensionHeader, hl, length, tos, ttl } from './headers.js';
import { comment, mark, owner, policy } from './local.js';
import { icmp, multiport, otherProtocol, tcp, tcpmss, udp } from './transport.js';

/** A match whose result is not modelled: it counts, draws, remembers, or needs to know the moment. */
function unmodelled(name: string): MatchModel {
  return () => () => unknown(name);
}

/** What each match of the rule language asks of a packet. */
export const MATCH_MODELS: Record<keyof typeof MATCHES, MatchModel> = {
  addrtype,
  ah: otherProtocol,
  comment,
  connbytes,
  connlimit: unmodelled('connlimit'),
  connmark,
  conntrack,
  cpu: unmodelled('cpu'),
  dccp: otherProtocol,
  dscp,
  ecn,
  esp: otherProtocol,
  eui64,
  frag: extensionHeader,
  hashlimit: unmodelled('hashlimit'),
  helper,
  hl,
  icmp,
  icmp6: icmp,
  ipcomp: otherProtocol,
  iprange,
  length,
  limit: unmodelled('limit'),
  mac,
  mark,
  multiport,
  owner,
  physdev,
  pkttype,
  policy,
  quota: unmodelled('quota'),
  recent: unmodelled('recent'),
  rpfilter,
  rt: extensionHeader,
  sctp: otherProtocol,
  socket: unmodelled('socket'),
  state,
  statistic: unmodelled('statistic'),
  string,
  tcp,
  tcpmss,
  time: unmodelled('time'),
  tos,
  ttl,
  u32: unmodelled('u32'),
  udp,
};
