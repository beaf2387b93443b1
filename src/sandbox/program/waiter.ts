import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { findChild, isStopped, type ProcessNumbers } from '../../kernel/process/program/child.js';

const PAUSE_MS = 1;

interface Exit {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * nsenter(1), which has started the program and waits for it. Ctrl-C would reach it as well, and with bad luck between the end of the program
 * and its own: the exit code of the program would be lost (in 3 of 24 runs, measured on a busy machine). It also stops itself when the
 * program is stopped. So it is ended, and the program becomes a child of this process, which adopts orphans.
 */
export class Waiter {
  readonly #child: ChildProcess;
  readonly #parent: number;
  readonly #ended: Promise<Exit>;
  #hasEnded = false;

  /** @param parent the pid of this process in /proc */
  constructor(child: ChildProcess, parent: number) {
    this.#child = child;
    this.#parent = parent;
    this.#ended = once(child, 'exit').then(([exitCode, signal]: unknown[]) => {
      this.#hasEnded = true;
      return { exitCode: exitCode as number | null, signal: signal as NodeJS.Signals | null };
    });
  }

  /** The program while it is a child of nsenter; null before and afterwards. */
  findProgram(): ProcessNumbers | null {
    const own = this.#find();
    return own === null ? null : findChild(own.shown);
  }

  /**
   * Ends nsenter when it has started the program.
   * @returns the exit of nsenter: by a signal if the program goes on as a child of this process, otherwise that of the program
   */
  async replace(): Promise<Exit> {
    await this.#waitUntil(() => this.findProgram() !== null);
    // Held still, nsenter cannot take the program's exit code any more.
    this.#child.kill('SIGSTOP');
    await this.#waitUntil(() => isStopped(this.#find()?.shown ?? 0));
    const isLeft = this.findProgram() !== null;
    this.#child.kill(isLeft ? 'SIGKILL' : 'SIGCONT');
    return await this.#ended;
  }

  #find(): ProcessNumbers | null {
    return this.#hasEnded ? null : findChild(this.#parent, (pid) => pid === this.#child.pid);
  }

  /** Returns as well when nsenter has ended. */
  async #waitUntil(isThere: () => boolean): Promise<void> {
    while (!this.#hasEnded && !isThere()) {
      await sleep(PAUSE_MS);
    }
  }
}
