import { readdirSync, readlinkSync } from 'node:fs';
import { getNetworkNamespace } from '../kernel/get-network-namespace.js';

/**
 * The numbers of the files above 2 that this process was started with. Call it before loopfw opens files.
 * Node.js opens some files before loopfw's code runs: eventfd and epoll, which have no path, and pipes of which it holds both ends. They
 * are left out.
 */
export function listCallersDescriptors(): number[] {
  getNetworkNamespace(); // the first access to /proc: it reports a missing /proc
  const open = readdirSync('/proc/self/fd')
    .map(Number)
    .filter((descriptor) => descriptor > 2)
    .map((descriptor) => ({ descriptor, target: readTarget(descriptor) }));
  const isOwn = (target: string) => target.startsWith('pipe:') && open.filter((other) => other.target === target).length > 1;
  return open
    .filter(({ target }) => target !== null && !target.startsWith('anon_inode:') && !isOwn(target))
    .map(({ descriptor }) => descriptor);
}

/** The target of a descriptor; null for the closed descriptor of readdirSync(). */
function readTarget(descriptor: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return null;
  }
}
