import { EnvironmentError } from '../errors.js';
import { findShortage, makeShortageError } from '../kernel/shortage.js';
import type { Replies, Request } from '../model/message.js';
import type { Chain, ChainLine } from '../model/plan.js';

/**
 * What goes over file descriptor 3, as JSON, one message a line. Requests for a worker that are made together share a line, which has the
 * worker's number before them: `0 [{"id":…},…]`.
 */
export interface RequestMessage {
  id: number;
  request: Request;
}

/** A line of requests for a worker. A rule set is half as long without the rules that only the outside has. */
export function toRequestLine(worker: number, messages: RequestMessage[]): string {
  return `${worker} ${JSON.stringify(messages.map(({ id, request }) => ({ id, request: withoutRules(request) })))}\n`;
}

function withoutRules(request: Request): Request {
  if (request.type !== 'apply' || request.ruleSet.kind === 'nft') {
    return request;
  }
  const families = request.ruleSet.families.map((rules) => ({ ...rules, chains: rules.chains.map(toBareChain) }));
  return { type: 'apply', ruleSet: { ...request.ruleSet, families } };
}

function toBareChain(chain: Chain): Chain {
  return { ...chain, lines: chain.lines.map(toBareLine) };
}

/** What is undefined JSON leaves out. */
function toBareLine({ entry, text, action, doubt }: ChainLine): ChainLine {
  return { entry, text, action, doubt };
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
  /** What can be done about it, where the environment is at fault. */
  remedies: string[];
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

/** What has run out is the machine's affair, wherever it was noticed. */
export function toFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const shortage = findShortage(error);
  const failure = shortage === null ? error : makeShortageError(message, shortage);
  const code = failure instanceof Error && 'code' in failure ? failure.code : null;
  return {
    code: code === 'environment' || code === 'usage' ? code : 'internal',
    message: failure instanceof Error ? failure.message : message,
    remedies: failure instanceof EnvironmentError ? failure.remedies : [],
  };
}
