import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { isPattern, listMatches } from './glob.js';

/** The most paths that a pattern is followed by. */
const MOST = 20_000;

/**
 * Finds the files and folders that a pattern matches, for a shell that has not done it. `**` stands for folders at any depth. null: there
 * are too many.
 */
export async function findPattern(path: string): Promise<string[] | null> {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  let found = [path.startsWith('/') ? '/' : '.'];
  for (const part of parts) {
    const lists = await Promise.all(found.map((folder) => (part === '**' ? listFolders(folder) : listNames(folder, part))));
    found = [...new Set(lists.flat())];
    if (found.length > MOST) {
      return null;
    }
  }
  return found;
}

async function listNames(folder: string, part: string): Promise<string[]> {
  if (!isPattern(part)) {
    const path = join(folder, part);
    return (await fs.stat(path).catch(() => null)) === null ? [] : [path];
  }
  return listMatches(folder, part, () => Promise.resolve(true));
}

/** A folder and those below it, without hidden ones and without node_modules. Links are not followed. */
async function listFolders(folder: string): Promise<string[]> {
  const found = [folder];
  for (const each of found) {
    const entries = await fs.readdir(each, { withFileTypes: true }).catch(() => []);
    const inner = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules');
    found.push(...inner.map(({ name }) => join(each, name)).sort());
    if (found.length > MOST) {
      break;
    }
  }
  return found;
}
