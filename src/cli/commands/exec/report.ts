import { UsageError } from '../../../model/errors.js';
import type { ExecResult } from '../../../run/world/control-types.js';
import { writeWhole } from '../../output/files.js';
import { assertFileWritable } from '../../output/reports.js';

/** The file with the result of `loopfw exec` (schema/control.json). Standard output belongs to the program. */
export class ExecReport {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @param reporter `json=FILE` @throws UsageError for another reporter, or a file that cannot be written */
  static async open(reporter: string): Promise<ExecReport> {
    const [, file = ''] = /^json=(.+)$/s.exec(reporter) ?? [];
    if (file === '') {
      throw new UsageError(`-r ${reporter}: exec has the reporter json only, and a file for it, as in -r json=exec.json`);
    }
    await assertFileWritable(file);
    return new ExecReport(file);
  }

  async write(result: ExecResult): Promise<void> {
    await writeWhole(this.#file, [`${JSON.stringify(result, null, 2)}\n`]);
  }
}
