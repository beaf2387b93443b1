import type { TraceEvent } from '../model/evidence.js';
import { NFNL_SUBSYS_NFTABLES } from './netlink-message.js';
import { NetlinkSocket } from './netlink.js';
import { NftTraceDecoder } from './nft-trace-decoder.js';
import type { TraceReader } from './trace-reader.js';

// linux/netfilter/nfnetlink.h and nf_tables.h
const NFNLGRP_NFTRACE = 9;
const NFT_MSG_TRACE = (NFNL_SUBSYS_NFTABLES << 8) | 17;

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
    const { lost } = this.#socket.drain(NFT_MSG_TRACE, (body) => events.push(this.#decoder.decode(body)));
    return { events, lost };
  }

  close(): void {
    this.#socket.close();
  }
}
