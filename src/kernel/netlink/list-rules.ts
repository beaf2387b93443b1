import type { HeldChain } from '../../model/evidence.js';
import type { Family } from '../../model/rule.js';
import { ADDRESS_FAMILIES } from '../socket-constants.js';
import { BytesCache } from './bytes-cache.js';
import { NLM_F_DUMP, NLM_F_REQUEST } from './constants.js';
import { alignLength, makeRequest, type MessageBody, NFNL_SUBSYS_NFTABLES, NLA_TYPE_MASK, read64 } from './message.js';
import { NetlinkSocket } from './socket.js';

// linux/netlink.h and linux/netfilter/nf_tables.h
const NFT_MSG_NEWRULE = (NFNL_SUBSYS_NFTABLES << 8) | 6;
const NFT_MSG_GETRULE = (NFNL_SUBSYS_NFTABLES << 8) | 7;
const NFTA_RULE_TABLE = 1;
const NFTA_RULE_CHAIN = 2;
const NFTA_RULE_HANDLE = 3;
const NFTA_RULE_EXPRESSIONS = 4;
const NFTA_EXPR_NAME = 1;
const NFTA_EXPR_DATA = 2;
const NFTA_COUNTER_BYTES = 1;
const NFTA_COUNTER_PACKETS = 2;
const HEADER = 4;

/** "counter\0" as two numbers in the machine's byte order. */
const COUNTER = [0x6e756f63, 0x00726574] as const;

/** The rules of a family in the calling thread's network namespace, by chain. 10,000 rules take about 25 ms, 17 of them in the kernel. */
export function listRules(family: Family): HeldChain[] {
  const socket = new NetlinkSocket();
  const list = new RuleList(family);
  try {
    socket.dump(makeRequest(NFT_MSG_GETRULE, NLM_F_REQUEST | NLM_F_DUMP, ADDRESS_FAMILIES[family]), NFT_MSG_NEWRULE, (body) =>
      list.add(body),
    );
  } finally {
    socket.close();
  }
  return [...list.chains.values()];
}

class RuleList {
  readonly chains = new Map<string, HeldChain>();
  readonly #family: Family;
  readonly #names = new BytesCache((name) => name);
  /** The chain of the latest rule. The kernel lists a chain's rules together. */
  #last: HeldChain | null = null;

  constructor(family: Family) {
    this.#family = family;
  }

  /** The attributes are read here, not by an AttributeCursor, which takes twice as long for 10,000 rules (12 ms, cold). */
  add({ bytes, view, start, end }: MessageBody): void {
    let table = '';
    let chain = '';
    let handle = 0;
    let counter = -1;
    for (let offset = start; offset + HEADER <= end;) {
      const length = view.getUint16(offset, true);
      if (length < HEADER) {
        break;
      }
      const [value, next] = [offset + HEADER, offset + length];
      switch (view.getUint16(offset + 2, true) & NLA_TYPE_MASK) {
        case NFTA_RULE_TABLE:
          table = this.#names.get(bytes, value, next);
          break;
        case NFTA_RULE_CHAIN:
          chain = this.#names.get(bytes, value, next);
          break;
        case NFTA_RULE_HANDLE:
          handle = read64(view, value);
          break;
        case NFTA_RULE_EXPRESSIONS:
          counter = findCounter(view, value, next);
          break;
        default:
      }
      offset += alignLength(length);
    }
    const held = this.#getChain(table, chain);
    held.handles.push(handle);
    held.packets.push(counter < 0 ? 0 : readCounter(view, counter, NFTA_COUNTER_PACKETS));
    held.bytes.push(counter < 0 ? 0 : readCounter(view, counter, NFTA_COUNTER_BYTES));
  }

  #getChain(table: string, chain: string): HeldChain {
    if (this.#last?.chain === chain && this.#last.table === table) {
      return this.#last;
    }
    const key = `${table} ${chain}`;
    let held = this.chains.get(key);
    if (held === undefined) {
      held = { family: this.#family, table, chain, handles: [], packets: [], bytes: [] };
      this.chains.set(key, held);
    }
    this.#last = held;
    return held;
  }
}

/** The offset of the counter in a rule's expressions, or -1. iptables-nft gives each rule one counter. */
function findCounter(view: DataView, start: number, end: number): number {
  for (let offset = start; offset + HEADER <= end;) {
    const length = view.getUint16(offset, true);
    if (length < HEADER) {
      break;
    }
    const name = offset + HEADER;
    const data = name + HEADER + alignLength(view.getUint16(name, true) - HEADER);
    // The kernel puts the name first (nf_tables_fill_expr_info).
    if (
      view.getUint16(name, true) === HEADER + 4 * COUNTER.length &&
      (view.getUint16(name + 2, true) & NLA_TYPE_MASK) === NFTA_EXPR_NAME &&
      view.getUint32(name + HEADER, true) === COUNTER[0] &&
      view.getUint32(name + HEADER + 4, true) === COUNTER[1] &&
      (view.getUint16(data + 2, true) & NLA_TYPE_MASK) === NFTA_EXPR_DATA
    ) {
      return data;
    }
    offset += alignLength(length);
  }
  return -1;
}

/** Reads one of the two numbers of a counter. @param data the offset of the attribute with both */
function readCounter(view: DataView, data: number, type: number): number {
  const end = data + view.getUint16(data, true);
  for (let offset = data + HEADER; offset + HEADER + 8 <= end;) {
    if ((view.getUint16(offset + 2, true) & NLA_TYPE_MASK) === type) {
      return read64(view, offset + HEADER);
    }
    offset += alignLength(Math.max(HEADER, view.getUint16(offset, true)));
  }
  return 0;
}
