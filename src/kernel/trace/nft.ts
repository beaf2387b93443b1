import type { TraceEvent } from '../../model/evidence.js';
import { BytesCache } from '../netlink/bytes-cache.js';
import { alignLength, copyBytes, type MessageBody, NFNL_SUBSYS_NFTABLES, NLA_TYPE_MASK, read64 } from '../netlink/message.js';
import { NetlinkSocket } from '../netlink/socket.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import type { TraceReader } from './reader.js';

// linux/netfilter/nfnetlink.h and nf_tables.h
export const NFNLGRP_NFTRACE = 9;
export const NFT_MSG_TRACE = (NFNL_SUBSYS_NFTABLES << 8) | 17;
const NFTA_TRACE_TABLE = 1;
const NFTA_TRACE_CHAIN = 2;
const NFTA_TRACE_RULE_HANDLE = 3;
const NFTA_TRACE_TYPE = 4;
const NFTA_TRACE_VERDICT = 5;
const NFTA_TRACE_ID = 6;
const NFTA_TRACE_NETWORK_HEADER = 8;
const NFTA_TRACE_TRANSPORT_HEADER = 9;
const NFTA_TRACE_IIF = 10;
const NFTA_TRACE_OIF = 12;
const NFTA_TRACE_MARK = 14;
const NFTA_TRACE_NFPROTO = 15;
const NFTA_TRACE_POLICY = 16;
const NFTA_VERDICT_CODE = 1;
const NFTA_VERDICT_CHAIN = 2;

const NF_DROP = 0;
/** The verdict of NFQUEUE. Flags and the number of the queue are in the bits above. */
const NF_QUEUE = 3;
const NF_VERDICT_MASK = 0xff;
const TYPES = ['rule', 'policy', 'return', 'rule'] as const satisfies TraceEvent['type'][];
const FAMILIES: Record<number, TraceEvent['family']> = { [ADDRESS_FAMILIES.ipv4]: 'ipv4', [ADDRESS_FAMILIES.ipv6]: 'ipv6' };
/** By verdict code, from NFT_RETURN upwards. */
const VERDICTS = ['return', 'goto', 'jump', 'break', 'continue', 'drop', 'accept'] as const satisfies TraceEvent['verdict'][];
const NFT_RETURN = -5;
/** The family of a table, by its number in the message. The packet's own family is an attribute. */
const SPACES: Record<number, TraceEvent['space']> = { 1: 'inet', [ADDRESS_FAMILIES.ipv4]: 'ip', [ADDRESS_FAMILIES.ipv6]: 'ip6' };

type Headers = NonNullable<TraceEvent['headers']>;

const NOTHING: Headers['transport'] = new Uint8Array();

/** Reads the nf_tables trace of packets with the nftrace mark, in the network namespace of the thread that makes it. */
export class NftTraceSocket implements TraceReader {
  readonly #socket = new NetlinkSocket();
  readonly #decoder = new NftTraceDecoder();

  constructor(bufferBytes: number) {
    this.#socket.enlargeBuffer(bufferBytes);
    this.#socket.joinGroup(NFNLGRP_NFTRACE);
  }

  getBufferBytes(): number {
    return this.#socket.getBufferBytes();
  }

  drain(): ReturnType<TraceReader['drain']> {
    const events: TraceEvent[] = [];
    const { lost } = this.#socket.drain([NFT_MSG_TRACE], (body) => {
      const event = this.#decoder.decode(body);
      if (event !== null) {
        events.push(event);
      }
    });
    return { events, lost };
  }

  close(): void {
    this.#socket.close();
  }
}

/** Decodes nf_tables trace messages in the receive buffer. Names and rules are made once: a message takes 0.15 µs, with headers 0.3 µs. */
export class NftTraceDecoder {
  readonly #names = new BytesCache((name) => name);
  readonly #rules = new Map<number, { handle: string }>();

  /**
   * The event shares no memory with the message. null for a table of arp, bridge or netdev: it may have the name of a table of ip, and only
   * the family tells them apart.
   */
  decode({ bytes, view, start, end, family: space }: MessageBody): TraceEvent | null {
    // The event is one object literal at the end. An object that is filled step by step, or made by spreads, takes ten times as long.
    let family: TraceEvent['family'] | null = 'ipv4';
    let table = '';
    let chain = '';
    let type: TraceEvent['type'] = 'rule';
    let rule: TraceEvent['rule'] = null;
    let verdict: TraceEvent['verdict'] = 'continue';
    let to: TraceEvent['to'] = null;
    let policy: TraceEvent['verdict'] = null;
    let id = 0;
    let network: Headers['network'] | null = null;
    let transport = NOTHING;
    let inIndex = 0;
    let outIndex = 0;
    let mark = 0;
    // Not by an AttributeCursor, which takes 147 ns a message instead of 116 (247 instead of 208 with headers).
    for (let offset = start; offset + 4 <= end;) {
      const length = view.getUint16(offset, true);
      if (length < 4) {
        break;
      }
      const value = offset + 4;
      const next = Math.min(offset + length, end);
      switch (view.getUint16(offset + 2, true) & NLA_TYPE_MASK) {
        case NFTA_TRACE_TABLE:
          table = this.#names.get(bytes, value, next);
          break;
        case NFTA_TRACE_CHAIN:
          chain = this.#names.get(bytes, value, next);
          break;
        case NFTA_TRACE_RULE_HANDLE:
          rule = this.#nameRule(view, value);
          break;
        case NFTA_TRACE_TYPE:
          type = TYPES[view.getUint32(value)] ?? 'rule';
          break;
        case NFTA_TRACE_VERDICT:
          verdict = readVerdict(view, value, next);
          if (verdict === 'jump' || verdict === 'goto') {
            to = this.#readTarget(bytes, view, value, next);
          }
          break;
        case NFTA_TRACE_ID:
          id = view.getInt32(value);
          break;
        case NFTA_TRACE_NETWORK_HEADER:
          network = copyBytes(bytes, value, next);
          break;
        case NFTA_TRACE_TRANSPORT_HEADER:
          transport = copyBytes(bytes, value, next);
          break;
        case NFTA_TRACE_IIF:
          inIndex = view.getUint32(value);
          break;
        case NFTA_TRACE_OIF:
          outIndex = view.getUint32(value);
          break;
        case NFTA_TRACE_MARK:
          mark = view.getUint32(value);
          break;
        case NFTA_TRACE_NFPROTO:
          family = FAMILIES[view.getUint32(value)] ?? null;
          break;
        case NFTA_TRACE_POLICY:
          policy = view.getUint32(value) === NF_DROP ? 'drop' : 'accept';
          break;
        default:
      }
      offset += alignLength(length);
    }
    if (family === null) {
      return null;
    }
    const headers = network === null ? null : { network, transport };
    return {
      family,
      space: SPACES[space] ?? 'inet',
      table,
      chain,
      type,
      rule,
      verdict: policy ?? verdict,
      to,
      id,
      hook: null,
      inIndex,
      outIndex,
      mark,
      headers,
    };
  }

  /** The chain that a verdict names. */
  #readTarget(bytes: Buffer, view: DataView, start: number, end: number): string | null {
    for (let offset = start; offset + 4 <= end;) {
      const length = view.getUint16(offset, true);
      if ((view.getUint16(offset + 2, true) & NLA_TYPE_MASK) === NFTA_VERDICT_CHAIN) {
        return this.#names.get(bytes, offset + 4, Math.min(offset + length, end));
      }
      offset += Math.max(4, alignLength(length));
    }
    return null;
  }

  /** The rule for a handle. Handles count up from 1, so that a JavaScript number is exact. */
  #nameRule(view: DataView, offset: number): { handle: string } {
    const number = read64(view, offset);
    let rule = this.#rules.get(number);
    if (rule === undefined) {
      rule = { handle: String(number) };
      this.#rules.set(number, rule);
    }
    return rule;
  }
}

function readVerdict(view: DataView, start: number, end: number): TraceEvent['verdict'] {
  for (let offset = start; offset + 8 <= end;) {
    if ((view.getUint16(offset + 2, true) & NLA_TYPE_MASK) === NFTA_VERDICT_CODE) {
      const code = view.getInt32(offset + 4);
      return VERDICTS[code - NFT_RETURN] ?? ((code & NF_VERDICT_MASK) === NF_QUEUE ? 'queue' : 'continue');
    }
    offset += Math.max(4, alignLength(view.getUint16(offset, true)));
  }
  return 'continue';
}
