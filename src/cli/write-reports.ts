import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';
import type { Result } from '../model/result.js';
import { REPORTERS } from '../report/reporters.js';
import { makeHarmless } from '../words/harmless.js';
import { assertOutputOpen } from './assert-output-open.js';
import { followLinks } from './follow-links.js';
import type { ReporterRequest } from './parse-reporters.js';
import { writeWhole } from './write-whole.js';

/** Checks, before a long run, that its reports can be written. @throws UsageError where one cannot */
export async function assertWritable(requests: ReporterRequest[]): Promise<void> {
  for (const { file } of requests) {
    if (file === null) {
      assertOutputOpen();
    } else {
      await assertFileWritable(file);
    }
  }
}

async function assertFileWritable(file: string): Promise<void> {
  const known = await stat(file).catch(() => null);
  const target = await followLinks(file).catch((error: unknown) => {
    throw new UsageError(makeHarmless(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`));
  });
  const folder = dirname(target);
  await access(folder, constants.W_OK | constants.X_OK).catch(() => {
    // A pipe or a device is written in place: its folder does not matter.
    if (known === null || known.isFile()) {
      throw new UsageError(makeHarmless(`cannot write ${file}: the folder ${folder} is not there or may not be written to`));
    }
  });
}

/**
 * Writes each report to standard output or to its file. After a failure the other reports are still written.
 * @throws UsageError or EnvironmentError, the first failure
 */
export async function writeReports(result: Result, requests: ReporterRequest[], hasColors: boolean): Promise<void> {
  const tapVersion = process.env['TAP_VERSION'] === '13' ? 13 : 14;
  const failures: unknown[] = [];
  for (const { name, file } of requests) {
    const text = REPORTERS[name](result, { color: file === null && hasColors, tapVersion });
    if (file === null) {
      process.stdout.write(text);
    } else {
      await writeWhole(file, text).catch((error: unknown) => failures.push(error));
    }
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}
