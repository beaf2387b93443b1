import type { Backend } from '../model/result.js';
import { NflogTraceSocket } from './nflog-trace.js';
import { NftTraceSocket } from './nft-trace.js';
import type { TraceReader } from './trace-reader.js';

/** What is asked for: room for some 50,000 messages between two looks, for the kernel doubles it. A dropped SYN makes four. */
export const TRACE_BUFFER_BYTES = 1 << 25;

const READERS = { nft: NftTraceSocket, legacy: NflogTraceSocket } satisfies Record<Backend, new (bufferBytes: number) => TraceReader>;

/** Starts to read what the kernel traces in the calling thread's network namespace. */
export function openTrace(backend: Backend): TraceReader {
  return new READERS[backend](TRACE_BUFFER_BYTES);
}
