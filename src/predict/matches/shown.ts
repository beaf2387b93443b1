// What a packet has of what the options of matches ask for, as text for people.
import ipaddr from 'ipaddr.js';
import type { MATCHES } from '../../rules/extensions/match-table.js';
import { getProtocolName } from '../../rules/values/protocol.js';
import type { Show } from '../rule/part.js';
import { isLocal } from '../world/network.js';
import type { End, Flow, Packet } from '../world/packet.js';
import { getStates, getStatuses } from './conntrack.js';

type Side = 'source' | 'destination';

export const showAddress =
  (of: Side): Show =>
  (packet) =>
    printAddress(packet[of].address);

export const showProtocol: Show = ({ protocol }) => getProtocolName(String(protocol));
export const showInInterface: Show = (_, { inInterface }) => inInterface;
export const showOutInterface: Show = (_, { outInterface }) => outInterface;

export function printAddress(digits: string): string {
  return ipaddr.fromByteArray([...Buffer.from(digits, 'hex')]).toString();
}

/** A port that the kernel chooses is a range: 32768-60999. */
function printPorts({ ports }: End): string {
  return ports === null ? '' : ports[0] === ports[1] ? String(ports[0]) : `${ports[0]}-${ports[1]}`;
}

const showPort =
  (...sides: Side[]): Show =>
  (packet) =>
    sides.map((of) => printPorts(packet[of])).join(', ');

const showFlags: Show = ({ content }) => (content.kind === 'tcp' ? content.flags.join(',') : '');
const showMessage: Show = ({ content }) => (content.kind === 'icmp' ? `${content.type}/${content.code}` : '');
const showHex = (value: number) => `0x${value.toString(16)}`;
const showMark = (mark: number | null) => (mark === null ? '' : showHex(mark));
const showStates: Show = (packet) => getStates(packet).join(',');

const ofFlow =
  (show: (flow: Flow) => string): Show =>
  ({ tracking }) =>
    typeof tracking === 'string' ? '' : show(tracking.flow);

const showType =
  (of: Side): Show =>
  (packet, { network }) =>
    `${printAddress(packet[of].address)}${isLocal(packet[of].address, network) ? ' (LOCAL)' : ''}`;

const showOwner =
  (of: 'user' | 'group'): Show =>
  ({ sender }) =>
    typeof sender === 'string' || sender[of] === null ? '' : String(sender[of]);

const showHops: Show = ({ hops }) => String(hops);
const showTos: Show = ({ tos }) => showHex(tos);
const showMss: Show = ({ content }) => (content.kind === 'tcp' && content.mss !== null ? String(content.mss) : '');

const ofHops = (flag: string) => ({ [`${flag}-eq`]: showHops, [`${flag}-lt`]: showHops, [`${flag}-gt`]: showHops });
const PORTS = { '--sport': showPort('source'), '--dport': showPort('destination') };

/** Options that mean the same whether or not the match has others. The others are shown as a whole match only. */
export const SHOWN: Partial<Record<keyof typeof MATCHES, Record<string, Show>>> = {
  addrtype: { '--src-type': showType('source'), '--dst-type': showType('destination') },
  connmark: { '--mark': ofFlow(({ mark }) => showMark(mark)) },
  conntrack: {
    '--ctstate': showStates,
    '--ctstatus': ofFlow((flow) => getStatuses(flow).join(',') || 'NONE'),
    '--ctdir': ({ tracking }) => (typeof tracking === 'string' ? '' : tracking.isReply ? 'REPLY' : 'ORIGINAL'),
    '--ctproto': ofFlow(({ protocol }) => getProtocolName(String(protocol))),
    '--ctorigsrc': ofFlow(({ original }) => printAddress(original.source.address)),
    '--ctorigdst': ofFlow(({ original }) => printAddress(original.destination.address)),
    '--ctorigsrcport': ofFlow(({ original }) => printPorts(original.source)),
    '--ctorigdstport': ofFlow(({ original }) => printPorts(original.destination)),
    '--ctreplsrc': ofFlow(({ translated }) => printAddress(translated.destination.address)),
    '--ctrepldst': ofFlow(({ translated }) => printAddress(translated.source.address)),
    '--ctreplsrcport': ofFlow(({ translated }) => printPorts(translated.destination)),
    '--ctrepldstport': ofFlow(({ translated }) => printPorts(translated.source)),
  },
  dscp: { '--dscp': ({ tos }) => showHex(tos >> 2) },
  hl: ofHops('--hl'),
  icmp: { '--icmp-type': showMessage },
  icmp6: { '--icmpv6-type': showMessage },
  iprange: { '--src-range': showAddress('source'), '--dst-range': showAddress('destination') },
  length: { '--length': ({ length }) => String(length) },
  mark: { '--mark': ({ mark }) => showMark(mark) },
  multiport: { '--sports': showPort('source'), '--dports': showPort('destination'), '--ports': showPort('source', 'destination') },
  owner: { '--uid-owner': showOwner('user'), '--gid-owner': showOwner('group') },
  state: { '--state': showStates },
  tcp: { ...PORTS, '--tcp-flags': showFlags },
  tcpmss: { '--mss': showMss },
  tos: { '--tos': showTos },
  ttl: ofHops('--ttl'),
  udp: PORTS,
};

/** The state of a packet for the rules that are asked about it: NEW, ESTABLISHED, RELATED, INVALID or UNTRACKED. */
export function getState(packet: Packet): string {
  return getStates(packet)[0] ?? 'INVALID';
}
