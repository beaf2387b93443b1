import type { TraceEvent } from '../model/evidence.js';
import { AttributeCursor } from './attribute-cursor.js';
import { BytesCache } from './bytes-cache.js';
import { copyBytes, type MessageBody } from './netlink-message.js';
import { ADDRESS_FAMILIES } from './socket-constants.js';

// linux/netfilter/nfnetlink_log.h
const NFULA_PACKET_HDR = 1;
const NFULA_PAYLOAD = 9;
const NFULA_PREFIX = 10;
const IPV6_HEADER = 40;

/** linux/netfilter.h, enum nf_inet_hooks */
const HOOKS = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;

type Met = Pick<TraceEvent, 'table' | 'chain' | 'type' | 'rule'>;

/** Decodes messages of the legacy TRACE target in the receive buffer: a prefix such as `TRACE: filter:INPUT:rule:3 `, and the packet. */
export class NflogDecoder {
  readonly #prefixes = new BytesCache(parsePrefix);

  /** Returns null for a message that is not from TRACE. The event shares no memory with the message. */
  decode({ bytes, view, start, end, family }: MessageBody): TraceEvent | null {
    let met: Met | null = null;
    let payload: Buffer | null = null;
    let hook: TraceEvent['hook'] = null;
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
        default:
      }
    }
    if (met === null || payload === null || hook === null) {
      return null;
    }
    const { table, chain, type, rule } = met;
    const headers = splitPacket(payload);
    return { family: family === ADDRESS_FAMILIES.ipv6 ? 'ipv6' : 'ipv4', table, chain, type, rule, verdict: null, id: null, hook, headers };
  }
}

function parsePrefix(text: string): Met | null {
  const [, table, chain, type, number] = /^TRACE: ([^:]+):(.+):(rule|policy|return):(\d+) $/.exec(text) ?? [];
  if (table === undefined || chain === undefined || type === undefined) {
    return null;
  }
  return { table, chain, type: type as Met['type'], rule: { place: Number(number) - 1 } };
}

function splitPacket(packet: Buffer): NonNullable<TraceEvent['headers']> {
  const first = packet[0] ?? 0;
  const length = first >> 4 === 4 ? (first & 0xf) * 4 : IPV6_HEADER;
  return { network: packet.subarray(0, length), transport: packet.subarray(length) };
}
