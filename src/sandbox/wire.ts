import type { Replies, Request } from '../model/message.js';

/**
 * What goes over file descriptor 3, as JSON, one message a line. Requests for a worker that are made together share a line, which has the
 * worker's number before them: `0 [{"id":…},…]`.
 */
export interface RequestMessage {
  id: number;
  request: Request;
}

/** The worker that is there from the start: a thread, or PID 1's own. The others start when a line has nothing but their number. */
export const FIRST_WORKER = 0;

/** What a worker thread is started with. */
export interface WorkerStart {
  worker: number;
  options: InsideOptions;
  /** Of the ChildLedger and the Allowance, which all workers share. */
  ledger: SharedArrayBuffer;
  allowance: SharedArrayBuffer;
}

export type FromInside =
  | { type: 'ready'; worker: number }
  | { type: 'reply'; id: number; reply: Replies[Request['type']] }
  | { type: 'failure'; id: number; failure: Failure }
  /** The sandbox cannot go on; it ends itself after this. */
  | { type: 'fatal'; failure: Failure };

export interface Failure {
  /** usage: what the caller gave cannot be applied. */
  code: 'usage' | 'environment' | 'internal';
  message: string;
}

/** How the outside starts the inside: one JSON argument. */
export interface InsideOptions {
  /** The network namespace that the inside must never touch. */
  callersNamespace: string;
  /** Whether the caller is really root, so that root's privileges can and must be given up. */
  dropPrivilege: boolean;
  /** Whether scenarios may start programs of their own. */
  startsPrograms: boolean;
  /** Whether there will be one world at a time: PID 1's own thread has it then. */
  isAlone: boolean;
}

export function toFailure(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const message = error instanceof Error ? error.message : String(error);
  return { code: code === 'environment' || code === 'usage' ? code : 'internal', message };
}
