import { lstat, readlink, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** As the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;
const STICKY = 0o1000;
const OTHERS_WRITE = 0o022;

/**
 * What a path stands for when parts of it are symbolic links, the last be it dangling: they are followed one by one.
 * @throws Error for one that another user has put into a folder like /tmp, where it may name anything: as the kernel's fs.protected_symlinks
 * does (proc_sys_fs(5)), which may be off, and does not bind who reads the link first
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
