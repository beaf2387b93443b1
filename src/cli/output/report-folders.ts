import { access, constants, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../../model/errors.js';
import type { ReportFile } from '../../report/shared/reporter.js';
import { makeHarmless } from '../../words/harmless.js';
import { writeOwnWhole } from './files.js';
import { makeFolders } from './folders.js';
import { followLinks } from './links.js';

/** Whether a report goes into a folder: `-r html=report/`. */
export function isFolder(file: string): boolean {
  return file.endsWith('/');
}

/** Checks, before a long run, that the folder is there or can be made. @throws UsageError where it cannot */
export async function assertFolderWritable(folder: string): Promise<void> {
  const target = await resolveFolder(folder);
  const known = await stat(target).catch(() => null);
  const place = known === null ? dirname(target) : target;
  await access(place, constants.W_OK | constants.X_OK).catch(() => {
    throw new UsageError(makeHarmless(`cannot write into ${folder}: the folder ${place} is not there or may not be written to`));
  });
}

/**
 * Writes the files of a report one after the other, each whole. A link that has the name of one is replaced, and not followed.
 * Other files of the folder stay. @throws as writeOwnWhole()
 */
export async function writeFolder(folder: string, files: ReportFile[]): Promise<void> {
  const target = await resolveFolder(folder);
  await makeFolders(target).catch((error: unknown) => fail(folder, error));
  for (const { name, text } of files) {
    await writeOwnWhole(join(target, name), [text]);
  }
}

/** The folder behind symbolic links, if these are the user's own. */
function resolveFolder(folder: string): Promise<string> {
  return followLinks(folder).catch((error: unknown) => fail(folder, error));
}

function fail(folder: string, error: unknown): never {
  throw new UsageError(makeHarmless(`cannot write into ${folder}: ${error instanceof Error ? error.message : String(error)}`));
}
