import { NetlinkSocket, NFNL_SUBSYS_NFTABLES, parseAttributes, readText } from './netlink.js';
// linux/netfilter/nfnetlink.h and nf_tables.h
const NFNLGRP_NFTRACE = 9;
const NFT_MSG_TRACE = (NFNL_SUBSYS_NFTABLES << 8) | 17;
const NFTA_TRACE_TABLE = 1;
const NFTA_TRACE_CHAIN = 2;
const NFTA_TRACE_RULE_HANDLE = 3;
const NFTA_TRACE_TYPE = 4;
const NFTA_TRACE_VERDICT = 5;
const NFTA_TRACE_ID = 6;
const NFTA_TRACE_NETWORK_HEADER = 8;
const NFTA_TRACE_TRANSPORT_HEADER = 9;
const NFTA_TRACE_NFPROTO = 15;
const NFTA_TRACE_POLICY = 16;
const NFTA_VERDICT_CODE = 1;
const TYPES = { 1: 'policy', 2: 'return', 3: 'rule' };
const VERDICTS = {
    0: 'drop',
    1: 'accept',
    [-1]: 'continue',
    [-2]: 'break',
    [-3]: 'jump',
    [-4]: 'goto',
    [-5]: 'return',
};
const FAMILIES = { 2: 'ipv4', 10: 'ipv6' };
/** What the kernel's nf_tables says of every packet that has the nftrace mark, in the namespace of the thread that made it. */
export class NftTraceSocket {
    #socket = new NetlinkSocket();
    constructor(bufferBytes) {
        this.#socket.enlargeBuffer(bufferBytes);
        this.#socket.joinGroup(NFNLGRP_NFTRACE);
    }
    drain() {
        const { messages, lost } = this.#socket.drain(NFT_MSG_TRACE);
        return { events: messages.map(({ attributes }) => decodeTrace(parseAttributes(attributes))), lost };
    }
    close() {
        this.#socket.close();
    }
}
function decodeTrace(attributes) {
    const network = attributes.get(NFTA_TRACE_NETWORK_HEADER);
    const verdict = attributes.get(NFTA_TRACE_VERDICT);
    const code = verdict === undefined ? undefined : parseAttributes(verdict).get(NFTA_VERDICT_CODE);
    const policy = attributes.get(NFTA_TRACE_POLICY);
    const handle = attributes.get(NFTA_TRACE_RULE_HANDLE);
    return {
        family: FAMILIES[attributes.get(NFTA_TRACE_NFPROTO)?.readUInt32BE(0) ?? 0] ?? 'ipv4',
        table: readText(attributes, NFTA_TRACE_TABLE),
        chain: readText(attributes, NFTA_TRACE_CHAIN),
        type: TYPES[attributes.get(NFTA_TRACE_TYPE)?.readUInt32BE(0) ?? 0] ?? 'rule',
        rule: handle === undefined ? null : { handle: handle.readBigUInt64BE(0).toString() },
        verdict: policy === undefined ? (VERDICTS[code?.readInt32BE(0) ?? -1] ?? 'continue') : policy.readUInt32BE(0) === 0 ? 'drop' : 'accept',
        id: attributes.get(NFTA_TRACE_ID)?.readUInt32BE(0) ?? 0,
        hook: null,
        headers: network === undefined ? null : { network, transport: attributes.get(NFTA_TRACE_TRANSPORT_HEADER) ?? new Uint8Array() },
    };
}
