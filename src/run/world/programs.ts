import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InternalError, UsageError } from '../../model/errors.js';
import { type CommandEnd, startCommand } from '../../sandbox/program/command.js';
import type { Sandbox } from '../../sandbox/launch.js';
import { type Entry, openEntry } from '../../sandbox/program/entry.js';
import { findProblem } from '../../sandbox/program/lookup.js';
import type { Family } from '../../model/rule.js';
import type { ProgramOptions, ProgramResult } from './program-options.js';

/** Makes TCP sockets in a world. Sockets that it has made go on after close(). */
export interface SocketSource {
  /** Starts the process that makes them, and does not wait for it. */
  prepare(): void;
  /** Makes an unconnected socket. Returns its descriptor. */
  make(family: Family): number;
  close(): void;
}

/** The programs that this process runs in a world, several at once. They have the rights of the program of `loopfw exec`, and no terminal. */
export class WorldPrograms {
  readonly #entry: Entry;
  readonly #variables: Record<string, string>;
  readonly #kills = new Set<() => void>();
  #isClosed = false;

  /** For connections of this process. */
  readonly sockets: SocketSource;

  private constructor(entry: Entry, variables: Record<string, string>, sockets: SocketSource) {
    this.#entry = entry;
    this.#variables = variables;
    this.sockets = sockets;
  }

  /** @param variables by which programs know their world @throws EnvironmentError where the world cannot be entered */
  static async open(namespaces: Sandbox['namespaces'], variables: Record<string, string>): Promise<WorldPrograms> {
    // koffi, which it needs, takes 10 ms to load.
    const { WorldSocketSource } = await import('../../sandbox/program/sockets.js');
    const entry = openEntry(namespaces);
    return new WorldPrograms(entry, variables, new WorldSocketSource(entry));
  }

  /** Runs a program to its end. @throws UsageError where it cannot be started, or the world ends before it · the reason of `signal` */
  async run(command: string, args: string[], options: ProgramOptions): Promise<ProgramResult> {
    const { signal } = options;
    signal?.throwIfAborted();
    const { ended, kill } = await startCommand({ ...this.#prepare(command, options), args }, this.#entry);
    if (this.#isClosed) {
      kill();
    }
    this.#kills.add(kill);
    signal?.addEventListener('abort', kill, { once: true });
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(kill, options.timeoutMs);
    let end: CommandEnd;
    try {
      end = await ended;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
      this.#kills.delete(kill);
    }
    signal?.throwIfAborted();
    this.#assertNotEnded(command);
    return end;
  }

  /** Ends all programs. */
  close(): void {
    this.#isClosed = true;
    this.#kills.forEach((kill) => kill());
    this.sockets.close();
    this.#entry.close();
  }

  #prepare(command: string, { env, input = '', cwd, stdio = 'pipe' }: ProgramOptions) {
    if (cwd !== undefined && !existsSync(cwd)) {
      throw new UsageError(`${command} cannot start in ${cwd}: there is no such folder`);
    }
    const path = command.includes('/') ? resolve(cwd ?? '', command) : command;
    const variables = Object.entries({ ...process.env, ...env, ...this.#variables });
    const program = {
      command: path,
      args: [],
      env: Object.fromEntries(variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    };
    const found = findProblem(program);
    if (found?.problem) {
      throw new UsageError(found.problem);
    }
    return { ...program, input, cwd, output: stdio };
  }

  /** @throws where the world has ended, and the program with it */
  #assertNotEnded(command: string): void {
    if (this.#isClosed) {
      throw new UsageError(`the world was closed while ${command} ran`);
    }
    try {
      this.#entry.assertInitRuns();
    } catch (error) {
      throw new InternalError(`the world ended while ${command} ran: ${(error as Error).message}`);
    }
  }
}
