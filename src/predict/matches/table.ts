import type { MATCHES } from '../../rules/extensions/match-table.js';
import { unknown } from '../world/answer.js';
import type { MatchModel } from '../rule/condition.js';
import { addrtype, iprange, mac, physdev, pkttype, rpfilter } from './addresses.js';
import { cluster, connbytes, connlabel, connmark, conntrack, helper, state } from './conntrack.js';
import { string, u32 } from './content.js';
import { dscp, ecn, eui64, extensionHeader, hl, ipv6header, length, tos, ttl } from './headers.js';
import { comment, mark, owner, policy, socket } from './local.js';
import { connlimit, hashlimit, limit, quota, recent, statistic, time } from './memory.js';
import { devgroup, realm } from './routing.js';
import { set } from './sets.js';
import { icmp, multiport, osf, otherProtocol, tcp, tcpmss, udp } from './transport.js';

/** A match whose result is not modelled. */
function unmodelled(name: string): MatchModel {
  return () => () => unknown(name);
}

/** What each match of the rule language asks of a packet. */
export const MATCH_MODELS: Record<keyof typeof MATCHES, MatchModel> = {
  addrtype,
  ah: otherProtocol,
  cluster,
  comment,
  connbytes,
  connlabel,
  connlimit,
  connmark,
  conntrack,
  cpu: unmodelled('cpu'),
  dccp: otherProtocol,
  devgroup,
  dscp,
  dst: extensionHeader,
  ecn,
  esp: otherProtocol,
  eui64,
  frag: extensionHeader,
  hashlimit,
  hbh: extensionHeader,
  helper,
  hl,
  icmp,
  icmp6: icmp,
  ipcomp: otherProtocol,
  iprange,
  ipv6header,
  length,
  limit,
  mac,
  mark,
  mh: otherProtocol,
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
  rt: extensionHeader,
  sctp: otherProtocol,
  set,
  socket,
  srh: extensionHeader,
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
