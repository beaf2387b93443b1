import type { Result } from '../model/result.js';
import { REPORTERS } from '../report/reporters.js';
import type { ReporterRequest } from './parse-reporters.js';
import { writeWhole } from './write-whole.js';

/** Writes a report to standard output, or to the file that was asked for. */
export async function writeReport(result: Result, { name, file }: ReporterRequest, hasColors: boolean): Promise<void> {
  const tapVersion = process.env['TAP_VERSION'] === '13' ? 13 : 14;
  const text = REPORTERS[name](result, { color: file === null && hasColors, tapVersion });
  if (file === null) {
    process.stdout.write(text);
  } else {
    await writeWhole(file, text);
  }
}
