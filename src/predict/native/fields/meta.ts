import { unknown } from '../../world/answer.js';
import type { Place } from '../../rule/condition.js';
import type { Packet } from '../../world/packet.js';
import type { Shape } from '../pattern.js';
import { toNumber, toText, type Value } from '../value.js';

/** What an expression reads of a packet. */
export interface Expression {
  shape: Shape;
  read: (packet: Packet, place: Place) => Value;
}

/** ARPHRD_LOOPBACK and ARPHRD_ETHER in linux/if_arp.h */
const LINK_TYPES = { loopback: 772, ethernet: 1 };
/** ETH_P_IP and ETH_P_IPV6 in linux/if_ether.h */
const ETHERNET_TYPES = { ipv4: 0x0800, ipv6: 0x86dd };

const number = (read: (packet: Packet, place: Place) => Value): Expression => ({ shape: 'number', read });
const text = (read: (place: Place) => string): Expression => ({ shape: 'text', read: (_, place) => toText(read(place)) });

function getLinkType(name: string): Value {
  return name === '' ? 'none' : toNumber(name === 'lo' ? LINK_TYPES.loopback : LINK_TYPES.ethernet);
}

/**
 * The user or the group of the socket of a packet (nft_meta_get_eval_skugid). A packet that comes in for an open connection has the socket
 * that will get it, from the hook input on.
 */
function readOwner(of: 'user' | 'group'): Expression {
  return number(({ sender, tracking }, { hook, inInterface }) => {
    if (hook === 'input' && inInterface !== '' && typeof tracking === 'object' && tracking.flow.hasReply) {
      return unknown(`meta sk${of === 'user' ? 'uid' : 'gid'} of a packet that comes in`);
    }
    const id = typeof sender === 'string' ? null : sender[of];
    return id === null ? (typeof sender === 'string' ? 'none' : unknown(`meta sk${of}`)) : toNumber(id);
  });
}

/** The meta expressions of nft(8), as far as they are modelled (net/netfilter/nft_meta.c). Without an interface its name is empty. */
const META: Record<string, Expression> = {
  iif: text(({ inInterface }) => inInterface),
  oif: text(({ outInterface }) => outInterface),
  iifname: text(({ inInterface }) => inInterface),
  oifname: text(({ outInterface }) => outInterface),
  /** Of the device that the packet is at: in postrouting that is the one by which it leaves (measured on 6.18). */
  iiftype: number((_, { hook, inInterface, outInterface }) => getLinkType(hook === 'postrouting' ? outInterface : inInterface)),
  oiftype: number((_, { outInterface }) => getLinkType(outInterface)),
  mark: { shape: 'mark', read: ({ mark }) => (mark === null ? unknown('a mark') : toNumber(mark)) },
  length: number(({ length }) => toNumber(length)),
  l4proto: number(({ protocol }) => toNumber(protocol)),
  nfproto: number(({ family }) => toNumber(family === 'ipv4' ? 2 : 10)),
  protocol: { shape: 'ethernet type', read: ({ family }) => toNumber(ETHERNET_TYPES[family]) },
  skuid: readOwner('user'),
  skgid: readOwner('group'),
  /** Packets between two hosts are for the host that they reach. */
  pkttype: number(({ destination }) => (/^(?:e|ff)|ff$/.test(destination.address) ? unknown('meta pkttype') : toNumber(0))),
  /** Worlds have no IPsec. */
  secpath: number(() => toNumber(0)),
};

export function readMeta(key: string): Expression {
  return META[key] ?? number(() => unknown(`meta ${key}`));
}
