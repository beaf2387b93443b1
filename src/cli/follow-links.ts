import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** As the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;
const STICKY = 0o1000;
const OTHERS_WRITE = 0o022;

/**
 * What a path stands for when its last part is a symbolic link, be it dangling: links are followed one by one.
 * @throws Error for one that another user has put into a folder like /tmp, where it may name anything: as the kernel's fs.protected_symlinks
 * does (proc_sys_fs(5)), which may be off, and does not bind who reads the link first
 */
export async function followLinks(path: string): Promise<string> {
  let place = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const stats = await lstat(place).catch(() => null);
    if (stats === null || !stats.isSymbolicLink()) {
      return place;
    }
    const folder = await realpath(dirname(place));
    await assertTrusted(join(folder, basename(place)), stats.uid, folder);
    place = resolve(folder, await readlink(place));
  }
  throw new Error('a loop of symbolic links');
}

async function assertTrusted(link: string, owner: number, folder: string): Promise<void> {
  const { mode, uid } = await stat(folder);
  const isShared = (mode & STICKY) !== 0 && (mode & OTHERS_WRITE) !== 0;
  if (isShared && owner !== process.geteuid?.() && owner !== uid) {
    throw new Error(`${link} is a symbolic link of another user (uid ${owner}), in a folder where everybody may write`);
  }
}
