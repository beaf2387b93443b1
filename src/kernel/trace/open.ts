import type { RunBackend } from '../../model/result.js';
import { NflogTraceSocket } from './nflog.js';
import { NftTraceSocket } from './nft.js';
import type { TraceReader } from './reader.js';

/**
 * The requested receive buffer. The kernel doubles it, so that about 50,000 messages fit between two reads. A dropped SYN makes four
 * messages.
 */
export const TRACE_BUFFER_BYTES = 1 << 25;

/** Starts to read the kernel's trace in the calling thread's network namespace. */
export function openTrace(backend: RunBackend): TraceReader {
  return backend === 'nft' ? new NftTraceSocket(TRACE_BUFFER_BYTES) : new NflogTraceSocket(TRACE_BUFFER_BYTES);
}
