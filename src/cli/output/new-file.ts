import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../../model/errors.js';
import { makeHarmless } from '../../words/harmless.js';
import { makeFolders } from './folders.js';

/** Writes a file that must not be there, and makes its folder. @throws UsageError where it is there, or cannot be written */
export async function writeNew(path: string, text: string): Promise<void> {
  try {
    await makeFolders(dirname(path));
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(makeHarmless(isThere ? `${path} is there already: give another name` : `cannot write ${path}: ${reason}`));
  }
}
