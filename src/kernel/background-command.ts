import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program that runs while others do, with its process group. */
export class BackgroundCommand {
  readonly #pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended, once it has; null while it runs. */
  end: string | null = null;
  readonly ended: Promise<void>;

  constructor(pid: number, child: EventEmitter, stdout: Readable, stderr: Readable) {
    this.#pid = pid;
    this.stdout = stdout;
    this.stderr = stderr;
    // Its end, not that of its outputs: a program that it has left behind may hold those open.
    this.ended = new Promise((resolve) => {
      child.once('exit', (exitCode: number | null, signal: NodeJS.Signals | null) => {
        this.end = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
        resolve();
      });
    });
  }

  /** Ends its whole process group: asks with SIGTERM, and kills what is left when the program has ended or its time is over. */
  async stop(graceMs: number): Promise<void> {
    this.#kill('SIGTERM');
    await Promise.race([this.ended, sleep(graceMs, undefined, { ref: false })]);
    this.#kill('SIGKILL');
    await this.ended;
    this.stdout.destroy();
    this.stderr.destroy();
  }

  #kill(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.#pid, signal);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) {
        throw error;
      }
    }
  }
}
