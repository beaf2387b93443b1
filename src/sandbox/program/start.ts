import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findChild, getOwnNumbers, type ProcessNumbers } from '../../kernel/process/program/child.js';
import { holdForeground } from '../../kernel/process/program/terminal.js';
import { adoptOrphans, waitForAdopted } from '../../kernel/process/orphans.js';
import { getShortage, makeShortageError } from '../../kernel/process/shortage.js';
import { EnvironmentError } from '../../model/errors.js';
import type { Program, ProgramEnd } from '../../model/program.js';
import type { Namespaces } from '../launch.js';
import { IN_WORLD } from '../machine/ids.js';
import { listHandedOn } from './descriptors.js';
import { openEntry } from './entry.js';
import { watchStops } from './stops.js';

/** A program that runs in the sandbox. */
export interface RunningProgram {
  ended: Promise<ProgramEnd>;
  /** Call it after the end. @throws InternalError where something else has ended the program with all of its namespace */
  assertEndedAlone(): void;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Starts a program in the sandbox's namespaces (nsenter(1)), with the caller's ids, terminal, folder and open files.
 * The program is in the caller's process group: Ctrl-C reaches it as without loopfw.
 * nsenter waits for the program. Ctrl-C may end nsenter while the program goes on. The program then becomes a child of this process.
 * @throws EnvironmentError where the sandbox cannot be entered
 */
export async function startProgram(program: Program, namespaces: Namespaces, descriptors: number[]): Promise<RunningProgram> {
  adoptOrphans();
  const self = getOwnNumbers();
  const entry = openEntry(namespaces, self.shown);
  const takeForegroundBack = holdForeground();
  const [nsenter, ...words] = entry.words;
  const child = spawn(nsenter, [...words, program.command, ...program.args], {
    stdio: ['inherit', 'inherit', 'inherit', ...listHandedOn(descriptors)],
    cwd: getFolder(),
    env: { ...program.env, [IN_WORLD]: '1' },
  });
  const { pid: waiter } = child;
  if (waiter === undefined) {
    const [{ code = 'unknown error' }] = (await once(child, 'error')) as [NodeJS.ErrnoException];
    const shortage = getShortage(code);
    const message = `${nsenter} cannot be run`;
    throw shortage === null ? new EnvironmentError(`${message}: ${code}`) : makeShortageError(message, shortage);
  }
  const findAdopted = () => findChild(self.shown, (pid) => pid !== waiter && pid !== namespaces.keeper);
  const findWaiter = () => (child.exitCode === null && child.signalCode === null ? findChild(self.shown, (pid) => pid === waiter) : null);
  const find = (): ProcessNumbers | null => {
    const waiting = findWaiter();
    return (waiting && findChild(waiting.shown)) ?? findAdopted();
  };
  const stops = watchStops({ findWaiter, findProgram: find, hasTerminal: takeForegroundBack !== null });
  const getEnd = async (): Promise<ProgramEnd> => {
    try {
      const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      const left = signal === null ? null : findAdopted();
      const end = left === null ? { exitCode, signal } : await waitForAdopted(left.own);
      return { ...end, problem: null };
    } finally {
      stops.close();
      entry.close();
      takeForegroundBack?.();
    }
  };
  return {
    ended: getEnd(),
    assertEndedAlone: () => entry.assertInitRuns(),
    signal: (signal) => {
      const found = find();
      if (found === null) {
        child.kill(signal);
      } else {
        process.kill(found.own, signal);
      }
    },
  };
}

/** The caller's folder, in which its program starts. @throws EnvironmentError where it has been deleted */
function getFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new EnvironmentError('the folder that loopfw was called in is not there any more', ['cd to a folder that is there']);
  }
}
