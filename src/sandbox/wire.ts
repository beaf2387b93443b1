import type { Readable } from 'node:stream';
import { findShortage, makeShortageError } from '../kernel/process/shortage.js';
import { EnvironmentError, type ErrorCode, getErrorCode, getProblem } from '../model/errors.js';
import type { Replies, Request } from '../model/message.js';
import type { Chain, ChainLine, FamilyRules } from '../model/plan.js';
import type { PackedReplies } from './packed-replies.js';

/** The worker that exists from the start: a thread, or PID 1's own thread. A line with only a number starts the worker of that number. */
export const FIRST_WORKER = 0;

/**
 * A request with its number. Messages are JSON on file descriptor 3, one a line.
 * Requests for a worker that are made together share a line that begins with the worker's number: `0 [{"id":…},…]`.
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
  const { ruleSet } = request;
  if (ruleSet.kind === 'iptables') {
    return { type: 'apply', ruleSet: { ...ruleSet, families: ruleSet.families.map(toBareFamily) } };
  }
  const tables = ruleSet.tables.map(({ backend, families }) => ({ backend, families: families.map(toBareFamily) }));
  return { type: 'apply', ruleSet: { ...ruleSet, tables } };
}

function toBareFamily(rules: FamilyRules): FamilyRules {
  return { ...rules, chains: rules.chains.map(toBareChain) };
}

function toBareChain(chain: Chain): Chain {
  return { ...chain, lines: chain.lines.map(toBareLine) };
}

/** JSON leaves out members that are undefined. */
function toBareLine({ entry, text, action, destination, instability }: ChainLine): ChainLine {
  return { entry, text, action, destination, instability };
}

/** The data that a worker thread is started with. */
export interface WorkerStart {
  worker: number;
  options: InsideOptions;
  /** The memory of the ChildLedger and of the Allowance, which all workers share. */
  ledger: SharedArrayBuffer;
  allowance: SharedArrayBuffer;
  /** The channel of UserSockets; null if there is none. */
  userSockets: number | null;
}

/** A message from the sandbox. */
export type FromInside =
  /** The worker takes requests. In PID 1's own thread rights have been given up, and the rest is loaded while the first request comes. */
  | { type: 'ready'; worker: number }
  /** Replies to probes of a flow. The reply to the request follows when all are sent. */
  | { type: 'replies'; id: number; packed: PackedReplies }
  | { type: 'reply'; id: number; reply: Replies[Request['type']] }
  | { type: 'failure'; id: number; failure: Failure }
  /** The sandbox cannot go on; it ends itself after this. */
  | { type: 'fatal'; failure: Failure };

/** A message as a line. */
export function toLine(message: FromInside): string {
  return `${JSON.stringify(message)}\n`;
}

export interface Failure {
  /** usage: the caller's input cannot be applied. */
  code: ErrorCode;
  message: string;
  /** What the user can do, where the environment is at fault. */
  remedies: string[];
}

/** The options that the outside gives to the inside, as one JSON argument. */
export interface InsideOptions {
  /** The network namespace that the inside must never touch. */
  callersNamespace: string;
  /** Whether the caller is the real root. Root's privileges then can and must be given up. */
  dropPrivilege: boolean;
}

/** The first line to the inside. The processes start before the outside knows these options. */
export interface SessionOptions {
  /** Whether scenarios may start programs of their own. */
  startsPrograms: boolean;
  /** Whether there is only one world at a time. It is then served in PID 1's own thread. */
  isAlone: boolean;
  /** Whether clients have users of their own, so that a process must make their sockets. Without root there is none. */
  hasUsers: boolean;
  /** Whether the outside will start a program in the sandbox, for which a pid namespace is made. */
  hostsProgram: boolean;
}

/** The failure that reports an error. A shortage is an environment failure, wherever it was noticed. */
export function toFailure(error: unknown): Failure {
  const message = getProblem(error);
  const shortage = findShortage(error);
  const failure = shortage === null ? error : makeShortageError(message, shortage);
  return {
    code: getErrorCode(failure),
    message: getProblem(failure),
    remedies: failure instanceof EnvironmentError ? failure.remedies : [],
  };
}

/**
 * Calls `onLine` with every complete line of a stream. node:readline is not used: it also ends a line at U+2028 and U+2029, which
 * JSON.stringify() leaves unescaped.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let pending: string[] = [];
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = chunk.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      onLine(pending.join('') + part);
      pending = [];
    }
    pending.push(last);
  });
}
