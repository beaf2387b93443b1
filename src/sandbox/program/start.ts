import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findChild, getOwnNumbers } from '../../kernel/process/program/child.js';
import { holdForeground } from '../../kernel/process/program/terminal.js';
import { adoptOrphans, waitForAdopted } from '../../kernel/process/orphans.js';
import { getShortage, makeShortageError } from '../../kernel/process/shortage.js';
import { EnvironmentError } from '../../model/errors.js';
import type { Program, ProgramEnd } from '../../model/program.js';
import type { Namespaces } from '../launch.js';
import { IN_WORLD } from '../machine/ids.js';
import { listHandedOn } from './descriptors.js';
import { openEntry } from './entry.js';
import { mirrorStops } from './stops.js';
import { Waiter } from './waiter.js';

/** A program that runs in the sandbox. */
export interface RunningProgram {
  ended: Promise<ProgramEnd>;
  /** Call it after the end. @throws InternalError where something else has ended the program with all of its namespace */
  assertEndedAlone(): void;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Starts a program in the sandbox's namespaces (nsenter(1)), with the caller's ids, terminal, folder and open files.
 * The program is in the caller's process group: Ctrl-C and Ctrl-Z reach it as without loopfw.
 * @throws EnvironmentError where the sandbox cannot be entered
 */
export async function startProgram(program: Program, namespaces: Namespaces, descriptors: number[]): Promise<RunningProgram> {
  adoptOrphans();
  const self = getOwnNumbers();
  const entry = openEntry(namespaces, self.shown);
  const takeForegroundBack = holdForeground();
  const [starter, ...words] = entry.words;
  const child = spawn(starter, [...words, program.command, ...program.args], {
    stdio: ['inherit', 'inherit', 'inherit', ...listHandedOn(descriptors)],
    cwd: getFolder(),
    env: { ...program.env, [IN_WORLD]: '1' },
  });
  if (child.pid === undefined) {
    const [{ code = 'unknown error' }] = (await once(child, 'error')) as [NodeJS.ErrnoException];
    const shortage = getShortage(code);
    const message = `${starter} cannot be run`;
    throw shortage === null ? new EnvironmentError(`${message}: ${code}`) : makeShortageError(message, shortage);
  }
  const waiter = new Waiter(child, self.shown);
  const findAdopted = () => findChild(self.shown, (pid) => pid !== child.pid && pid !== namespaces.keeper);
  const getEnd = async (): Promise<ProgramEnd> => {
    try {
      const { exitCode, signal } = await waiter.replace();
      entry.close();
      const left = signal === null ? null : findAdopted();
      if (left === null) {
        return { exitCode, signal, problem: null };
      }
      const stops = takeForegroundBack === null ? null : mirrorStops(left);
      return { ...(await waitForAdopted(left.own).finally(() => stops?.close())), problem: null };
    } finally {
      takeForegroundBack?.();
    }
  };
  return {
    ended: getEnd(),
    assertEndedAlone: () => entry.assertInitRuns(),
    signal: (signal) => {
      const found = waiter.findProgram() ?? findAdopted();
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
