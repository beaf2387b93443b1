import type { Readable } from 'node:stream';

const LIMIT = 1 << 16;

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
