import { InternalError } from '../../model/errors.js';
import type { TraceEvent } from '../../model/evidence.js';
import { BytesCache } from '../netlink/bytes-cache.js';
import { NLM_F_ACK, NLM_F_REQUEST, NLMSG_ERROR } from '../netlink/constants.js';
import { AttributeCursor, copyBytes, makeRequest, type MessageBody, withAttributes } from '../netlink/message.js';
import { NetlinkSocket } from '../netlink/socket.js';
import { NFNLGRP_NFTRACE, NFT_MSG_TRACE, NftTraceDecoder } from './nft.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import type { TraceReader } from './reader.js';

// linux/netfilter/nfnetlink.h and nfnetlink_log.h
const NFNL_SUBSYS_ULOG = 4;
const NFULNL_MSG_PACKET = NFNL_SUBSYS_ULOG << 8;
const NFULNL_MSG_CONFIG = (NFNL_SUBSYS_ULOG << 8) | 1;
const NFULA_CFG_CMD = 1;
const NFULA_CFG_MODE = 2;
const NFULA_CFG_QTHRESH = 5;
const NFULNL_CFG_CMD_BIND = 1;
const NFULNL_CFG_CMD_UNBIND = 2;
const NFULNL_CFG_CMD_PF_BIND = 3;
const NFULNL_COPY_PACKET = 2;
const NFULA_PACKET_HDR = 1;
const NFULA_MARK = 2;
const NFULA_IFINDEX_INDEV = 4;
const NFULA_IFINDEX_OUTDEV = 5;
const NFULA_PAYLOAD = 9;
const NFULA_PREFIX = 10;

/** How many bytes of a packet are copied: enough for an IPv6 header, an ICMPv6 error and the packet that it embeds. */
const COPY_BYTES = 160;
const IPV6_HEADER = 40;
/** The offset of the next header's number in it, the number of a fragment header, and that header's length. */
const NEXT_HEADER = 6;
const FRAGMENT_HEADER = 44;
const FRAGMENT_SIZE = 8;

/** linux/netfilter.h, enum nf_inet_hooks */
const HOOKS = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;

/**
 * Reads the log of the legacy TRACE target: NFLOG group 0 in the network namespace of the thread that makes it. It reads the trace of
 * nf_tables too: that of faults, and of the observer. One socket receives the messages of both in the order in which the packet met the chains (measured).
 */
export class NflogTraceSocket implements TraceReader {
  readonly #socket = new NetlinkSocket();
  readonly #decoder = new NflogDecoder();
  readonly #nftDecoder = new NftTraceDecoder();
  readonly #types = [NFULNL_MSG_PACKET, NFT_MSG_TRACE];
  #isOpen = true;

  /** @throws InternalError where the kernel does not give out the group */
  constructor(bufferBytes: number) {
    this.#socket.enlargeBuffer(bufferBytes);
    for (const family of Object.values(ADDRESS_FAMILIES)) {
      this.#configure(family, NFULA_CFG_CMD, Buffer.from([NFULNL_CFG_CMD_PF_BIND]));
    }
    this.#configure(0, NFULA_CFG_CMD, Buffer.from([NFULNL_CFG_CMD_BIND]));
    const mode = Buffer.alloc(6);
    mode.writeUInt32BE(COPY_BYTES, 0);
    mode.writeUInt8(NFULNL_COPY_PACKET, 4);
    this.#configure(0, NFULA_CFG_MODE, mode);
    // A threshold of 1 sends each packet at once. Otherwise the kernel collects packets for up to a second.
    const threshold = Buffer.alloc(4);
    threshold.writeUInt32BE(1);
    this.#configure(0, NFULA_CFG_QTHRESH, threshold);
    // Before this, the answers to the configuration are the only messages.
    this.#socket.joinGroup(NFNLGRP_NFTRACE);
  }

  getBufferBytes(): number {
    return this.#socket.getBufferBytes();
  }

  drain(): ReturnType<TraceReader['drain']> {
    const events: TraceEvent[] = [];
    const { lost } = this.#socket.drain(this.#types, (body) => {
      const event = body.type === NFT_MSG_TRACE ? this.#nftDecoder.decode(body) : this.#decoder.decode(body);
      if (event !== null) {
        events.push(event);
      }
    });
    return { events, lost };
  }

  /**
   * Unbinds the group before it closes the socket. A child that another thread has just started holds a copy of the socket until its exec.
   * The group would stay bound for that time (EPERM for the next rule set of the same world).
   */
  close(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#socket.send(
        withAttributes(makeRequest(NFULNL_MSG_CONFIG, NLM_F_REQUEST, 0), [[NFULA_CFG_CMD, Buffer.from([NFULNL_CFG_CMD_UNBIND])]]),
      );
    }
    this.#socket.close();
  }

  #configure(family: number, attribute: number, value: Buffer): void {
    this.#socket.send(withAttributes(makeRequest(NFULNL_MSG_CONFIG, NLM_F_REQUEST | NLM_F_ACK, family), [[attribute, value]]));
    const received = this.#socket.receive();
    const [answer] = typeof received === 'string' ? [] : received;
    if (answer?.type !== NLMSG_ERROR || answer.error !== 0) {
      throw new InternalError(
        `the kernel does not give out NFLOG's group 0, which the legacy trace needs (error ${answer?.error ?? 'unknown'})`,
      );
    }
  }
}

type TracePrefix = Pick<TraceEvent, 'table' | 'chain' | 'type' | 'rule'>;

/** Decodes messages of the legacy TRACE target in the receive buffer: a prefix such as `TRACE: filter:INPUT:rule:3 `, and the packet. */
export class NflogDecoder {
  readonly #prefixes = new BytesCache(parsePrefix);

  /** Returns null for a message that is not from TRACE. The event shares no memory with the message. */
  decode({ bytes, view, start, end, family }: MessageBody): TraceEvent | null {
    let met: TracePrefix | null = null;
    let payload: Buffer | null = null;
    let hook: TraceEvent['hook'] = null;
    let inIndex = 0;
    let outIndex = 0;
    let mark = 0;
    for (const attribute = new AttributeCursor(view, start, end); attribute.next();) {
      const value = attribute.start;
      switch (attribute.type) {
        case NFULA_PREFIX:
          met = this.#prefixes.get(bytes, value, attribute.end);
          break;
        case NFULA_PAYLOAD:
          payload = copyBytes(bytes, value, attribute.end);
          break;
        case NFULA_PACKET_HDR:
          hook = HOOKS[view.getUint8(value + 2)] ?? null;
          break;
        case NFULA_IFINDEX_INDEV:
          inIndex = view.getUint32(value);
          break;
        case NFULA_IFINDEX_OUTDEV:
          outIndex = view.getUint32(value);
          break;
        case NFULA_MARK:
          mark = view.getUint32(value);
          break;
        default:
      }
    }
    if (met === null || payload === null || hook === null) {
      return null;
    }
    const { table, chain, type, rule } = met;
    const headers = splitPacket(payload);
    const name = family === ADDRESS_FAMILIES.ipv6 ? 'ipv6' : 'ipv4';
    return {
      family: name,
      space: 'legacy',
      table,
      chain,
      type,
      rule,
      verdict: null,
      to: null,
      id: null,
      hook,
      inIndex,
      outIndex,
      mark,
      headers,
    };
  }
}

function parsePrefix(text: string): TracePrefix | null {
  const [, table, chain, type, number] = /^TRACE: ([^:]+):(.+):(rule|policy|return):(\d+) $/.exec(text) ?? [];
  if (table === undefined || chain === undefined || type === undefined) {
    return null;
  }
  return { table, chain, type: type as TracePrefix['type'], rule: { place: Number(number) - 1 } };
}

/**
 * The network header, and what is behind it. A fragment of IPv6 has a header of its own between them (RFC 8200, 4.5). It is left out of the
 * first fragment, as in nft's trace. A later fragment has it in its network header, and no transport header.
 */
function splitPacket(packet: Buffer): NonNullable<TraceEvent['headers']> {
  const first = packet[0] ?? 0;
  if (first >> 4 === 6 && packet[NEXT_HEADER] === FRAGMENT_HEADER && packet.length >= IPV6_HEADER + FRAGMENT_SIZE) {
    const isLater = packet.readUInt16BE(IPV6_HEADER + 2) >> 3 !== 0;
    const [network, transport] = isLater ? [IPV6_HEADER + FRAGMENT_SIZE, packet.length] : [IPV6_HEADER, IPV6_HEADER + FRAGMENT_SIZE];
    return { network: packet.subarray(0, network), transport: packet.subarray(transport) };
  }
  const length = first >> 4 === 4 ? (first & 0xf) * 4 : IPV6_HEADER;
  return { network: packet.subarray(0, length), transport: packet.subarray(length) };
}
