import type { Replies, Request } from '../model/message.js';

/** What goes over file descriptor 3, as JSON, one message a line. */
export type ToInside = { id: number; request: Request };

export type FromInside =
  | { type: 'ready' }
  | { type: 'reply'; id: number; reply: Replies[Request['type']] }
  | { type: 'failure'; id: number; failure: Failure }
  /** The sandbox cannot go on; it ends itself after this. */
  | { type: 'fatal'; failure: Failure };

export interface Failure {
  code: 'environment' | 'internal';
  message: string;
}

/** How the outside starts the inside: one JSON argument. */
export interface InsideOptions {
  /** The network namespace that the inside must never touch. */
  callersNamespace: string;
  /** Whether the caller is really root, so that root's privileges can and must be given up. */
  dropPrivilege: boolean;
}

export function toFailure(error: unknown): Failure {
  const isEnvironment = error instanceof Error && 'code' in error && error.code === 'environment';
  const message = error instanceof Error ? error.message : String(error);
  return { code: isEnvironment ? 'environment' : 'internal', message };
}
