import type { TraceEvent } from '../../model/evidence.js';

/** A source of trace events. Each back end has one. */
export interface TraceReader {
  /** All events since the last call, and whether the kernel reports lost events. It never blocks. */
  drain(): { events: TraceEvent[]; lost: boolean };
  /** The size of the kernel's buffer for events that are not read yet, in bytes. */
  getBufferBytes(): number;
  close(): void;
}
