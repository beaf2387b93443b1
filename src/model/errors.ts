import type { Diagnostic } from './diagnostic.js';
import type { ScenarioError } from './result.js';

/** A message names so many problems, and counts the others. */
const MOST_NAMED = 50;

/**
 * The caller's input cannot be used. It carries every problem of every file, sorted. The message has a line for each of the first 50:
 * `scenario.json:6:14: unknown key "form" (did you mean "from"?) (/probes/0/form)`. Exit code 2.
 */
export class SpecError extends Error {
  readonly code = 'usage';
  /** Every problem, with its place. */
  readonly diagnostics: Diagnostic[];
  /** The first line of the message: how many problems there are, and where. */
  readonly summary: string;

  /** @param where the input that has the problems, as the message names it */
  constructor(diagnostics: Diagnostic[], where = 'the scenario files') {
    const summary = `${diagnostics.length} problem${diagnostics.length === 1 ? '' : 's'} in ${where}`;
    const named = diagnostics.slice(0, MOST_NAMED);
    const others = diagnostics.length - named.length;
    super([summary, ...named.map(toLine), ...(others > 0 ? [`and ${others} more`] : [])].join('\n'));
    this.name = 'SpecError';
    this.diagnostics = diagnostics;
    this.summary = summary;
  }
}

/**
 * A problem in one line. Names and texts come from files, and a test runner prints a message as it is: what is no character of a line
 * becomes \u{…}.
 */
function toLine({ file, line, column, message, pointer }: Diagnostic): string {
  const text = `${file}:${line}:${column}: ${message}${pointer ? ` (${pointer})` : ''}`;
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The command line, or an option of a function, cannot be used. Exit code 2. */
export class UsageError extends Error {
  readonly code = 'usage';
  override name = 'UsageError';
}

/** This machine cannot run a scenario: a command is missing, or a right is denied. The message has a line for each remedy. Exit code 3. */
export class EnvironmentError extends Error {
  readonly code = 'environment';
  override name = 'EnvironmentError';
  /** What is missing or denied: the message without the remedies. */
  readonly summary: string;
  /** What the user can do. Each remedy gives its reason; the likeliest comes first. */
  readonly remedies: string[];

  /** @param remedies what the user can do, the likeliest first */
  constructor(summary: string, remedies: string[] = []) {
    super([summary, ...remedies.map((remedy) => `remedy: ${remedy}`)].join('\n'));
    this.summary = summary;
    this.remedies = remedies;
  }
}

/** A command that loopfw ran has failed. Exit code 4. */
export class CommandError extends Error {
  readonly code = 'internal';
  override name = 'CommandError';
  /** The command line, and how the command ended. */
  readonly summary: string;
  /** The command's standard error; '' where it is empty. */
  readonly stderr: string;

  constructor(summary: string, stderr = '') {
    super(stderr === '' ? summary : `${summary}: ${stderr}`);
    this.summary = summary;
    this.stderr = stderr;
  }
}

/** loopfw itself or its sandbox has failed. Exit code 4. */
export class InternalError extends Error {
  readonly code = 'internal';
  override name = 'InternalError';
}

/** Who can fix the error: the caller (usage), the owner of the machine (environment), or the authors of loopfw (internal). */
export type ErrorCode = ScenarioError['code'];

/** The errors that are sent over the session, by code. */
export const ERRORS = {
  usage: UsageError,
  environment: EnvironmentError,
  internal: InternalError,
} satisfies Record<ErrorCode, new (message: string, remedies: string[]) => Error>;

/** The code of an error. An error of any other class counts as internal. */
export function getErrorCode(error: unknown): ErrorCode {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'usage' || code === 'environment' ? code : 'internal';
}

/** What an error says, without the remedies: those are data of their own where it is sent or shown. */
export function getProblem(error: unknown): string {
  return error instanceof EnvironmentError ? error.summary : error instanceof Error ? error.message : String(error);
}
