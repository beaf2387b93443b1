import { type Dirent, promises as fs, type Stats } from 'node:fs';
import { isPattern } from './glob.js';
import { findPattern } from './patterns.js';
import { describeFileError, isWithin, NO_FILE, STDIN } from './read.js';
import { suggestPath } from './suggest.js';

/**
 * The most entries that one search reads, in all folders together; they take some seconds. A larger folder was probably named by mistake.
 */
const MOST_ENTRIES = 100_000;
/** Folders of kernel file systems. A search skips them, except for the folder that the user named. */
const KERNEL_FOLDERS = ['/proc', '/sys', '/dev'];

const SCENARIO_FILE = /\.jsonc?$/;

export const LINK_OUT = 'a link out of the folder: name what it links to instead';

/**
 * A file to read, or a problem in its place. `path` is shown in messages; `real` is the real path, by which files are compared. `searched`
 * is the real path of the folder in which a search found the file, and null if the user named the file itself.
 */
export type Found = { path: string; real: string; searched: string | null } | { path: string; problem: string };

/**
 * Finds the scenario files of a path, or of a pattern that no file has as its name. A file stands for itself. A folder is searched at any depth for *.json and *.jsonc, and the result is
 * sorted by path. A symbolic link that leads out of the named folder is a problem. The folder can be another user's, and that user chose
 * what its links lead to.
 */
export async function findScenarioFiles(path: string): Promise<Found[]> {
  if (path === STDIN) {
    return [{ path, real: STDIN, searched: null }];
  }
  const kind = await getKind(path);
  if ('problem' in kind) {
    return kind.isMissing ? findMissing(path) : [kind];
  }
  return findOfKind(kind);
}

/** Finds the files of a path that is not there: it may be a pattern. */
async function findMissing(path: string): Promise<Found[]> {
  if (!isPattern(path)) {
    return [{ path, problem: `${NO_FILE}${await suggestPath(path)}` }];
  }
  const matches = await findPattern(path);
  if (matches === null || matches.length === 0) {
    return [{ path, problem: matches === null ? 'the pattern matches too much: name a folder' : 'nothing matches this pattern' }];
  }
  const found = await Promise.all(matches.map(getKind));
  const lists = await Promise.all(found.map(async (each) => ('problem' in each ? [each] : await findOfKind(each))));
  return lists.flat();
}

async function findOfKind(kind: Kind): Promise<Found[]> {
  const { path } = kind;
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

/** The state of a search in a folder and its subfolders. */
interface Search {
  /** The real path of the folder that the user named. */
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
    // Hidden files are left out. An editor's lock file is one: a dangling symbolic link whose name ends like a scenario file's.
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

/** Searches a subfolder. A folder that can be reached by two paths is searched once. A folder that contains itself is a problem. */
async function searchInner(folder: Kind, above: string[], search: Search): Promise<void> {
  if (above.includes(folder.real)) {
    search.found.push({ path: folder.path, problem: 'the folder is inside of itself, by a symbolic link' });
  } else if (!search.seen.has(folder.real) && !KERNEL_FOLDERS.includes(folder.real)) {
    await searchFolder(folder, above, search);
  }
}

/**
 * The real path and the kind of a path, or a problem. Only regular files and folders are accepted, and nothing is opened to find that out.
 * To open a FIFO can block for ever, and to open a device can have side effects.
 */
async function getKind(path: string): Promise<Kind | { path: string; problem: string; isMissing?: true }> {
  try {
    const stats: Stats = await fs.stat(path);
    if (!stats.isFile() && !stats.isDirectory()) {
      return { path, problem: 'expected a file or a folder, found neither' };
    }
    return { path, real: await fs.realpath(path), isFolder: stats.isDirectory() };
  } catch (error) {
    const problem = describeFileError(error);
    return problem === NO_FILE ? { path, problem, isMissing: true } : { path, problem };
  }
}
