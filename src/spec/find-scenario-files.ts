import { promises as fs, type Dirent, type Stats } from 'node:fs';
import { describeFileError } from './describe-file-error.js';
import { isWithin } from './is-within.js';

export const STDIN = '-';

/** How much is looked at in a folder that was named, and below it: some seconds' work. Whoever has more means another folder. */
const MOST_ENTRIES = 100_000;
/** What the kernel shows as files. Whoever names one has it searched. */
const KERNEL_FOLDERS = ['/proc', '/sys', '/dev'];

const SCENARIO_FILE = /\.jsonc?$/;

export const LINK_OUT = 'a link out of the folder: name what it links to instead';

/**
 * A file to be read, by the path to show and the one that tells it from others, with the real path of the folder in which it was found, if it
 * was not named itself; or why there is none.
 */
export type Found = { path: string; real: string; searched: string | null } | { path: string; problem: string };

/**
 * The files that a path stands for: itself, or what a folder has of *.json and *.jsonc at any depth, sorted by path. Whoever names a folder
 * of somebody else's has not asked for what that one has linked to.
 */
export async function findScenarioFiles(path: string): Promise<Found[]> {
  if (path === STDIN) {
    return [{ path, real: STDIN, searched: null }];
  }
  const kind = await getKind(path);
  if ('problem' in kind) {
    return [kind];
  }
  if (!kind.isFolder) {
    return [{ path, real: kind.real, searched: null }];
  }

  const found: Found[] = [];
  const search = { root: kind.real, seen: new Set<string>(), found, entries: 0 };
  await searchFolder(kind, [], search);
  if (search.entries > MOST_ENTRIES) {
    return [{ path, problem: `the folder has more than ${MOST_ENTRIES} files and folders: name one that is nearer to the scenarios` }];
  }
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

/** A search in a folder and below, so far. */
interface Search {
  /** The real path of the folder that was named. */
  root: string;
  seen: Set<string>;
  found: Found[];
  entries: number;
}

async function searchFolder(folder: Kind, above: string[], search: Search): Promise<void> {
  const { seen, found } = search;
  seen.add(folder.real);
  let entries: Dirent[];
  try {
    entries = await fs.readdir(folder.path, { withFileTypes: true });
  } catch (error) {
    found.push({ path: folder.path, problem: describeFileError(error) });
    return;
  }
  search.entries += entries.length;
  for (const entry of entries) {
    const { name } = entry;
    // an editor's lock file is a dangling link with a scenario's ending
    const isLeftOut = name.startsWith('.') || name === 'node_modules' || (entry.isFile() && !SCENARIO_FILE.test(name));
    if (isLeftOut || search.entries > MOST_ENTRIES) {
      continue;
    }
    const kind = await getKind(`${folder.path}${folder.path.endsWith('/') ? '' : '/'}${name}`);
    const isFile = 'problem' in kind || !kind.isFolder;
    if (isFile && !SCENARIO_FILE.test(name)) {
      continue;
    }
    if ('problem' in kind) {
      found.push(kind);
    } else if (!isWithin(search.root, kind.real)) {
      found.push({ path: kind.path, problem: LINK_OUT });
    } else if (isFile) {
      found.push({ path: kind.path, real: kind.real, searched: search.root });
    } else {
      await searchInner(kind, [...above, folder.real], search);
    }
  }
}

/** A folder that was reached in two ways is searched once; one that is inside of itself is a mistake. */
async function searchInner(folder: Kind, above: string[], search: Search): Promise<void> {
  if (above.includes(folder.real)) {
    search.found.push({ path: folder.path, problem: 'the folder is inside of itself, by a symbolic link' });
  } else if (!search.seen.has(folder.real) && !KERNEL_FOLDERS.includes(folder.real)) {
    await searchFolder(folder, above, search);
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
