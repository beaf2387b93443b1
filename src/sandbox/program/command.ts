import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { findChild, getOwnNumbers, listDescendants } from '../../kernel/process/program/child.js';
import { getShortage, makeShortageError } from '../../kernel/process/shortage.js';
import { EnvironmentError } from '../../model/errors.js';
import type { Program } from '../../model/program.js';
import { IN_WORLD } from '../machine/ids.js';
import type { Entry } from './entry.js';

/** A command that runs in a world beside others. Its standard input is `input`, which may be empty. */
export interface Command extends Program {
  input: string | Uint8Array;
  cwd: string | undefined;
  /** inherit: its output is that of this process, and none is collected. */
  output: 'pipe' | 'inherit';
}

export interface CommandEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningCommand {
  ended: Promise<CommandEnd>;
  /** Ends it, and what it has started. */
  kill: () => void;
}

/**
 * Starts a command in a world. Unlike the program of `loopfw exec` it has no terminal: it is in a session of its own, so that all of it can
 * be ended. Nothing of this process changes.
 * @throws EnvironmentError where nsenter cannot be started
 */
export async function startCommand({ command, args, env, input, cwd, output }: Command, entry: Entry): Promise<RunningCommand> {
  const [starter, ...words] = entry.words;
  const child = spawn(starter, [...words, command, ...args], {
    stdio: ['pipe', output, output],
    cwd,
    env: { ...env, [IN_WORLD]: '1' },
    detached: true, // Ctrl-C in the terminal ends this process, and with it the world
  });
  if (child.pid === undefined) {
    const [{ code = 'unknown error' }] = (await once(child, 'error')) as [NodeJS.ErrnoException];
    const shortage = getShortage(code);
    const message = `${starter} cannot be run`;
    throw shortage === null ? new EnvironmentError(`${message}: ${code}`) : makeShortageError(message, shortage);
  }
  child.stdin?.on('error', () => {}); // it has closed its standard input, or ended
  child.stdin?.end(input);
  let isOver = false;
  const ended = waitForEnd(child).finally(() => (isOver = true));
  return { ended, kill: () => (isOver ? undefined : kill(child.pid ?? 0)) };
}

async function waitForEnd(child: ChildProcess): Promise<CommandEnd> {
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString();
  });
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { exitCode, signal, stdout: stdout?.() ?? '', stderr: stderr?.() ?? '' };
}

/**
 * Kills nsenter, which has started the command, and its process group. What has made a group of its own, as timeout(1) does, is found as a
 * descendant.
 */
function kill(pid: number): void {
  const starter = findChild(getOwnNumbers().shown, (own) => own === pid);
  const others = starter === null ? [] : listDescendants(starter.shown).map(({ own }) => own);
  [...others, -pid].forEach(killIfThere);
}

function killIfThere(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
