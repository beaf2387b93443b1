import type { Diagnostic } from './diagnostic.js';
import type { ScenarioError } from './result.js';

/** The caller's input cannot be used. It carries every problem of every file, sorted. Exit code 2. */
export class SpecError extends Error {
  readonly code = 'usage';
  readonly diagnostics: Diagnostic[];

  /** @param where the input that has the problems, as the message names it */
  constructor(diagnostics: Diagnostic[], where = 'the scenario files') {
    super(`${diagnostics.length} problem${diagnostics.length === 1 ? '' : 's'} in ${where}`);
    this.name = 'SpecError';
    this.diagnostics = diagnostics;
  }
}

/** The command line cannot be used. Exit code 2. */
export class UsageError extends Error {
  readonly code = 'usage';
  override name = 'UsageError';
}

/** This machine cannot run a scenario: a command is missing, or a right is denied. Exit code 3. */
export class EnvironmentError extends Error {
  readonly code = 'environment';
  override name = 'EnvironmentError';
  /** What the user can do. Each remedy gives its reason; the likeliest comes first. */
  readonly remedies: string[];

  /** @param remedies what the user can do, the likeliest first */
  constructor(message: string, remedies: string[] = []) {
    super(message);
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
