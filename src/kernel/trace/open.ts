import type { Backend } from '../../model/result.js';
import { NflogTraceSocket } from './nflog.js';
import { NftTraceSocket } from './nft.js';
import type { TraceReader } from './reader.js';

/**
 * The requested receive buffer. The kernel doubles it, so that about 50,000 messages fit between two reads. A dropped SYN makes four
 * messages.
 */
export const TRACE_BUFFER_BYTES = 1 << 25;

const READERS = { nft: NftTraceSocket, legacy: NflogTraceSocket } satisfies Record<Backend, new (bufferBytes: number) => TraceReader>;

/**
 * Starts to read the kernel's trace in the calling thread's network namespace.
 * @param isObserved whether the observer's chains are there. They are chains of nft with either back end
 */
export function openTrace(backend: Backend, isObserved: boolean): TraceReader {
  const reader = new READERS[backend](TRACE_BUFFER_BYTES);
  return isObserved && backend === 'legacy' ? joinObserver(reader, new NftTraceSocket(TRACE_BUFFER_BYTES)) : reader;
}

/**
 * Joins the legacy trace and the observer's. The order of messages from different sockets is not known. The observer's are read first and
 * come last: whatever they show, the packet's own messages are there.
 */
function joinObserver(own: TraceReader, observer: TraceReader): TraceReader {
  return {
    drain: () => {
      const later = observer.drain();
      const earlier = own.drain();
      return { events: [...earlier.events, ...later.events], lost: earlier.lost || later.lost };
    },
    getBufferBytes: () => own.getBufferBytes(),
    close: () => {
      observer.close();
      own.close();
    },
  };
}
