import type { TraceEvent } from '../model/evidence.js';
import type { IcmpName } from '../model/result.js';
import type { Family } from '../model/rule.js';
import { type IcmpKind } from './icmp-names.js';
export interface TcpHeader {
    sequence: number;
    acknowledged: number;
    syn: boolean;
    ack: boolean;
    rst: boolean;
    fin: boolean;
}
export interface IcmpHeader {
    kind: IcmpKind;
    type: number;
    code: number;
    name: IcmpName | null;
    /** The fingerprint of the packet that an error answers. */
    embedded: string | null;
    /** The same where NAT has rewritten that packet, but shared by more. */
    looseEmbedded: string | null;
}
export interface PacketHeaders {
    family: Family;
    protocol: 'tcp' | 'udp' | 'icmp' | number;
    source: string;
    destination: string;
    /** Ports; of an ICMP echo its identifier, both; else 0. */
    sourcePort: number;
    destinationPort: number;
    /** Bytes behind the transport header; 0 where that is unknown. */
    payloadLength: number;
    /**
     * What an ICMP error shows of the packet that it answers. The nft trace copies no more than the first twelve bytes of that, so no port,
     * and no address but the beginning of IPv6's.
     */
    fingerprint: string;
    tcp: TcpHeader | null;
    icmp: IcmpHeader | null;
    /** The same at every hook that one packet visits, as long as nothing rewrites it: its time to live, which forwarding takes from, is not in it. */
    key: string;
    /** The same even where NAT rewrites addresses and ports, but shared by more packets. */
    looseKey: string;
    fragment: Fragment | null;
}
/** What a packet of IPv4 is that is a part of a larger one. */
export interface Fragment {
    /** The same for all parts of one. */
    whole: string;
    /** Only the first part has the transport's header. */
    isFirst: boolean;
}
/** Reads the headers of a traced packet: IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 9293), UDP (RFC 768), ICMP (RFC 792, RFC 4443). */
export declare function parseHeaders(family: Family, raw: NonNullable<TraceEvent['headers']>): PacketHeaders | null;
