import type { TraceEvent } from '../model/evidence.js';

/** A source of trace events, one for each back end. */
export interface TraceReader {
  /** All events since the last call, and whether the kernel says that it lost some. Never waits. */
  drain(): { events: TraceEvent[]; lost: boolean };
  /** The size of what the kernel keeps events in until they are read. */
  getBufferBytes(): number;
  close(): void;
}
