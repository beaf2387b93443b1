import { lstat, readlink, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The kernel's own limit (path_resolution(7)). */
const MOST_LINKS = 40;
const STICKY = 0o1000;
const OTHERS_WRITE = 0o022;

/**
 * Resolves the symbolic links in a path one by one. The last may be dangling. A path without links is returned as it is.
 * @throws Error for a loop of links, and for a link that another user has put into a shared folder such as /tmp. Such a link may point
 * anywhere. The kernel's fs.protected_symlinks does the same (proc_sys_fs(5)). But it may be off, and does not protect a program that reads
 * the link first.
 */
export async function followLinks(path: string): Promise<string> {
  let place = path.startsWith('/') ? '/' : process.cwd();
  const rest = split(path);
  let links = 0;
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    const next = name === '..' ? dirname(place) : join(place, name);
    const stats = await lstat(next).catch(() => null);
    if (stats === null || !stats.isSymbolicLink()) {
      place = next;
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) {
      throw new Error('a loop of symbolic links');
    }
    await assertTrusted(next, stats.uid, place);
    const target = await readlink(next);
    place = target.startsWith('/') ? '/' : place;
    rest.unshift(...split(target));
  }
  return links === 0 ? path : place;
}

function split(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

async function assertTrusted(link: string, owner: number, folder: string): Promise<void> {
  const { mode, uid } = await stat(folder);
  const isShared = (mode & STICKY) !== 0 && (mode & OTHERS_WRITE) !== 0;
  if (isShared && owner !== process.geteuid?.() && owner !== uid) {
    throw new Error(`${link} is a symbolic link of another user (uid ${owner}), in a folder where everybody may write`);
  }
}
