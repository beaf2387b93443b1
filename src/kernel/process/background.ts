import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT = 1 << 16;

/** A program that runs in the background, with its process group. */
export class BackgroundCommand {
  readonly #pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How the program ended (`exit code 1`, `signal SIGTERM`); null while it runs. */
  end: string | null = null;
  readonly ended: Promise<void>;

  constructor(pid: number, child: EventEmitter, stdout: Readable, stderr: Readable) {
    this.#pid = pid;
    this.stdout = stdout;
    this.stderr = stderr;
    // Waits for the program's exit, not for the end of its outputs: a child that it left behind may hold them open.
    this.ended = new Promise((resolve) => {
      child.once('exit', (exitCode: number | null, signal: NodeJS.Signals | null) => {
        this.end = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
        resolve();
      });
    });
  }

  /** Ends the whole process group with SIGTERM. Processes that are left get SIGKILL, after the program's exit or after `graceMs`. */
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

/** Keeps the last 64 KiB of a program's outputs, in the order of arrival. `hasWanted`: the wanted text was in them. */
export class OutputTail {
  readonly #wanted: string | null;
  #bytes = Buffer.alloc(0);
  hasWanted = false;

  constructor(streams: Readable[], wanted: string | null) {
    this.#wanted = wanted;
    for (const stream of streams) {
      stream.on('data', (chunk: Buffer) => this.#add(chunk));
    }
  }

  #add(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#bytes, chunk]);
    this.hasWanted ||= this.#wanted !== null && bytes.includes(this.#wanted);
    this.#bytes = bytes.subarray(-LIMIT);
  }

  /** The last lines that are not empty. */
  getLastLines(count: number): string[] {
    return this.#bytes
      .toString()
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .slice(-count);
  }
}
