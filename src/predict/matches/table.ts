import type { MATCHES } from '../../rules/extensions/match-table.js';
import { unknown } from '../world/answer.js';
import type { MatchModel } from '../rule/condition.js';
import { addrtype, iprange, mac, physdev, pkttype, rpfilter } from './addresses.js';
import { connbytes, connmark, conntrack, helper, state } from './conntrack.js';
import { string, u32 } from './content.js';
import { dscp, ecn, eui64, extensionHeader, hl, length, tos, ttl } from './headers.js';
import { comment, mark, owner, policy, socket } from './local.js';
import { connlimit, hashlimit, limit, quota, recent, statistic, time } from './memory.js';
import { icmp, multiport, otherProtocol, tcp, tcpmss, udp } from './transport.js';

/** A match whose result is not modelled. */
function unmodelled(name: string): MatchModel {
  return () => () => unknown(name);
}

/** What each match of the rule language asks of a packet. */
export const MATCH_MODELS: Record<keyof typeof MATCHES, MatchModel> = {
  addrtype,
  ah: otherProtocol,
  comment,
  connbytes,
  connlimit,
  connmark,
  conntrack,
  cpu: unmodelled('cpu'),
  dccp: otherProtocol,
  dscp,
  ecn,
  esp: otherProtocol,
  eui64,
  frag: extensionHeader,
  hashlimit,
  helper,
  hl,
  icmp,
  icmp6: icmp,
  ipcomp: otherProtocol,
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
  rt: extensionHeader,
  sctp: otherProtocol,
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
};
