import { promises as fs, type Stats } from 'node:fs';
import { describeFileError } from './describe-file-error.js';

export const STDIN = '-';

/** A file to be read, by the path to show and the one that tells it from others; or why there is none. */
export type Found = { path: string; real: string } | { path: string; problem: string };

/** The files that a path stands for: itself, or what a folder has of *.json and *.jsonc at any depth, sorted by path. */
export async function findScenarioFiles(path: string): Promise<Found[]> {
  if (path === STDIN) {
    return [{ path, real: STDIN }];
  }
  const kind = await getKind(path);
  if ('problem' in kind) {
    return [kind];
  }
  if (!kind.isFolder) {
    return [kind];
  }

  const found: Found[] = [];
  await searchFolder(kind, [], new Set(), found);
  if (found.length === 0) {
    return [{ path, problem: 'the folder has no *.json or *.jsonc file' }];
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface Kind {
  path: string;
  real: string;
  isFolder: boolean;
}

async function searchFolder(folder: Kind, above: string[], seen: Set<string>, found: Found[]): Promise<void> {
  seen.add(folder.real);
  let names: string[];
  try {
    names = await fs.readdir(folder.path);
  } catch (error) {
    found.push({ path: folder.path, problem: describeFileError(error) });
    return;
  }
  for (const name of names) {
    // an editor's lock file is a dangling link with a scenario's ending
    if (name.startsWith('.') || name === 'node_modules') {
      continue;
    }
    const kind = await getKind(`${folder.path}${folder.path.endsWith('/') ? '' : '/'}${name}`);
    if ('problem' in kind || !kind.isFolder) {
      if (/\.jsonc?$/.test(name)) {
        found.push(kind);
      }
    } else {
      await searchInner(kind, [...above, folder.real], seen, found);
    }
  }
}

/** A folder that was reached in two ways is searched once; one that is inside of itself is a mistake. */
async function searchInner(folder: Kind, above: string[], seen: Set<string>, found: Found[]): Promise<void> {
  if (above.includes(folder.real)) {
    found.push({ path: folder.path, problem: 'the folder is inside of itself, by a symbolic link' });
  } else if (!seen.has(folder.real)) {
    await searchFolder(folder, above, seen, found);
  }
}

/** What stands at a path. A fifo would be waited on for ever and a device may act when it is opened, so neither is touched. */
async function getKind(path: string): Promise<Kind | { path: string; problem: string }> {
  try {
    const stats: Stats = await fs.stat(path);
    if (!stats.isFile() && !stats.isDirectory()) {
      return { path, problem: 'expected a file or a folder, found neither' };
    }
    return { path, real: await fs.realpath(path), isFolder: stats.isDirectory() };
  } catch (error) {
    return { path, problem: describeFileError(error) };
  }
}
