import { access, constants } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { InternalError, UsageError } from '../../model/errors.js';
import type { Capture } from '../../model/evidence.js';
import type { ScenarioResult } from '../../model/result.js';
import type { Run } from '../../run/runs.js';
import { makeHarmless } from '../../words/harmless.js';
import { countNoun } from '../../words/phrases.js';
import { writeOwnWhole } from './files.js';
import { makeFolders } from './folders.js';
import { followLinks } from './links.js';

/**
 * The longest first part of a file name. A name has at most 255 bytes: the ending, and writeOwnWhole()'s temporary ending, need room too.
 */
const LONGEST_STEM_BYTES = 180;

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of the path is no folder',
  EROFS: 'its file system is read-only',
};
type Named = Pick<ScenarioResult, 'file' | 'name' | 'backend'>;

/** Writes the packets of each scenario to a file of its own. */
export class CaptureWriter {
  readonly #folder: string;
  readonly #names = new Set<string>();
  #files: string[] = [];
  #failure: unknown = null;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder where it does not exist. */
  static async make(folder: string): Promise<CaptureWriter> {
    if (folder === '') {
      throw new UsageError("--pcap: the folder's name is missing");
    }
    try {
      const target = await followLinks(folder);
      await makeFolders(target);
      await access(target, constants.W_OK | constants.X_OK);
      return new CaptureWriter(target);
    } catch (error) {
      throw new UsageError(`--pcap: nothing can be written into ${folder}: ${describe(error)}`);
    }
  }

  /** Sets the file names of all runs, in their order. The captures may arrive in another order. */
  expect(runs: Run[]): void {
    this.#files = runs.map(({ scenario: { name, file }, backend }) => join(this.#folder, this.#takeName({ file, name, backend })));
  }

  /**
   * Writes one capture. A failure does not end the run: assertWritten() throws it later.
   * @param place the index of the run in expect()
   * @throws InternalError for a run that was not expected
   */
  async write({ pcap, isCut, missing }: Capture, place: number): Promise<void> {
    const file = this.#files[place];
    if (file === undefined) {
      throw new InternalError('packets came of a scenario that nobody has expected');
    }
    await writeOwnWhole(file, pcap).catch((error: unknown) => (this.#failure ??= error));
    if (isCut) {
      warn(`${file} ends before the last packet: it would be larger than 64 MiB`);
    }
    if (missing > 0) {
      warn(`${file} lacks ${countNoun(missing, 'packet')}, which came faster than they could be read`);
    }
  }

  /** Checks that every capture was written. @throws UsageError or EnvironmentError, the first failure of write() */
  assertWritten(): void {
    if (this.#failure !== null) {
      throw this.#failure as Error;
    }
  }

  /** The file's name: file, scenario and back end, with a number where the name is already used. */
  #takeName({ file, name, backend }: Named): string {
    const stem = toSlug(`${basename(file, extname(file))}-${name}`);
    for (let number = 1; ; number++) {
      const own = `${[stem, ...(number === 1 ? [] : [number])].join('-')}.${backend}.pcap`;
      if (!this.#names.has(own)) {
        this.#names.add(own);
        return own;
      }
    }
  }
}

/** Words of letters and digits of any script, joined by single hyphens. */
function toSlug(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const bytes = Buffer.from(words.join('-')).subarray(0, LONGEST_STEM_BYTES);
  return bytes.toString().replace(/\uFFFD$/, ''); // the cut may leave a part of a letter
}

function describe(error: unknown): string {
  const code = error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
  return REASONS[code] ?? code;
}

function warn(message: string): void {
  process.stderr.write(`loopfw: ${makeHarmless(message)}\n`);
}
