import type { Place } from '../rule/condition.js';
import type { Flow, Packet } from '../world/packet.js';
import { readExpression } from './expression.js';
import { getMember, getOnly, getText, type Json, toList } from './json.js';
import type { Scope } from './elements.js';
import { getExact } from './value.js';

/** Changes a packet by a number. missing: the packet has no such thing, so that the rule ends there. */
type Change = (packet: Packet, value: number) => undefined | 'missing';

/** What a statement changes in a packet. false: the rule ends there. unknown: the value is not known. */
export type Changing = (packet: Packet, place: Place) => boolean | 'unknown';

const ofFamily =
  (family: Packet['family'], change: (packet: Packet, value: number) => void): Change =>
  (packet, value) => {
    if (packet.family !== family) {
      return 'missing';
    }
    change(packet, value);
    return undefined;
  };
const setHops = (packet: Packet, value: number) => void (packet.hops = value);
const setDscp = (packet: Packet, value: number) => void (packet.tos = (packet.tos & 3) | (value << 2));
const setEcn = (packet: Packet, value: number) => void (packet.tos = (packet.tos & 0xfc) | value);

/** Without a flow, nothing is set (nft_ct_set_eval). */
const onFlow =
  (change: (flow: Flow, value: number) => void): Change =>
  ({ tracking }, value) => {
    if (typeof tracking === 'object') {
      change(tracking.flow, value);
    }
    return undefined;
  };

/** What rules and clients of a world do not see. */
const HARMLESS = ['meta priority', 'meta nftrace'];

/** By kind and key of what is set. */
const CHANGES: Record<string, Change> = {
  'meta mark': (packet, value) => void (packet.mark = value),
  'ct mark': onFlow((flow, value) => (flow.mark = value)),
  'ct zone': (packet, value) => void (packet.zone = packet.tracking === 'nothing' ? value : packet.zone),
  'ip ttl': ofFamily('ipv4', setHops),
  'ip dscp': ofFamily('ipv4', setDscp),
  'ip ecn': ofFamily('ipv4', setEcn),
  'ip6 hoplimit': ofFamily('ipv6', setHops),
  'ip6 dscp': ofFamily('ipv6', setDscp),
  'ip6 ecn': ofFamily('ipv6', setEcn),
  /** It is never made larger (nft_exthdr_tcp_set_eval). */
  'tcp option maxseg size': ({ content }, value) => {
    if (content.kind !== 'tcp') {
      return 'missing';
    }
    content.mss = content.mss === null ? null : Math.min(content.mss, value);
    return undefined;
  },
};

/** `meta mark set 3`. A text names what is not modelled. */
export function readChange(content: Json, scope: Scope): Changing | string {
  const what = describe(getMember(content, 'key'));
  if (HARMLESS.includes(what)) {
    return () => true;
  }
  const change = CHANGES[what];
  if (change === undefined) {
    return `${what} set`;
  }
  const value = getMember(content, 'value');
  if (/mark$/.test(what) && hasPayload(value)) {
    // Packets have their bytes in network order, marks in the order of the machine. Versions of nft differ in this.
    return `${what} set to bytes of the packet`;
  }
  const { read } = readExpression(value, scope);
  return (packet, place) => {
    const found = read(packet, place);
    const number = getExact(found);
    return found === 'none' ? false : number === null ? 'unknown' : change(packet, Number(BigInt.asUintN(32, number))) !== 'missing';
  };
}

/** Whether an expression has bytes of the packet in it, but for the key of a map. */
function hasPayload(json: Json | undefined): boolean {
  const only = getOnly(json);
  return only !== null && (only[0] === 'payload' || (only[0] !== 'map' && toList(only[1]).some(hasPayload)));
}

/** `ct mark`, `ip ttl` */
function describe(key: Json | undefined): string {
  const [kind, content] = getOnly(key) ?? ['', null];
  const words = ['protocol', 'name', 'field', 'key', 'dir'].map((name) => getText(content, name));
  return [kind === 'payload' ? '' : kind, ...words].filter((word) => word !== '').join(' ');
}
