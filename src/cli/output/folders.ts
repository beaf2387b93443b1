import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, where they do not exist. mkdir() of Node.js 20 with `recursive` never ends in /proc, where no folder can
 * be made although its parent exists.
 * @throws Error where one cannot be made, or where something else has its name
 */
export async function makeFolders(folder: string, mode?: number): Promise<void> {
  if (await isFolder(folder)) {
    return;
  }
  const parent = dirname(folder);
  if (parent !== folder) {
    await makeFolders(parent, mode);
  }
  await mkdir(folder, mode).catch(async (error: unknown) => {
    // Another program may have made it in between.
    if (!(await isFolder(folder))) {
      throw error;
    }
  });
}

async function isFolder(path: string): Promise<boolean> {
  const known = await stat(path).catch(() => null);
  return known?.isDirectory() ?? false;
}
