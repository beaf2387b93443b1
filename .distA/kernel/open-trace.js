import { NflogTraceSocket } from './nflog-trace.js';
import { NftTraceSocket } from './nft-trace.js';
/** A message costs about 1,280 bytes of buffer, a dropped SYN four messages: room for some 6,000 of those between two looks. */
const BUFFER_BYTES = 1 << 25;
const READERS = { nft: NftTraceSocket, legacy: NflogTraceSocket };
/** Starts to read what the kernel traces in the calling thread's network namespace. */
export function openTrace(backend) {
    return new READERS[backend](BUFFER_BYTES);
}
