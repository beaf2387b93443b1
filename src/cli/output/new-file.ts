import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../model/errors.js';
import { makeHarmless } from '../../words/harmless.js';
import { makeFolders } from './folders.js';

/** Writes a file that must not be there, and makes its folder. @throws UsageError where it is there, or cannot be written */
export async function writeNew(path: string, text: string): Promise<void> {
  try {
    await makeFolders(dirname(path));
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') {
      throw new UsageError(makeHarmless(`${path} is there already: give another name`));
    }
    const reason = error instanceof Error ? error.message : String(error);
    const isDenied = code === 'EACCES' || code === 'EROFS';
    throw new UsageError(
      makeHarmless(`cannot write ${path}: ${isDenied ? `you may not write to the folder ${resolve(dirname(path))}` : reason}`),
    );
  }
}
