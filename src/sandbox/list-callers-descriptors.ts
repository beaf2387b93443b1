import { readdirSync, readlinkSync } from 'node:fs';
import { getNetworkNamespace } from '../kernel/get-network-namespace.js';

/**
 * The files above 2 that this process was started with, by their numbers. Node.js opens some of its own before any of our code runs: what has
 * no place in a file system (eventfd, epoll), and pipes of which it holds both ends. To be asked before loopfw opens any.
 * @throws EnvironmentError where there is no /proc
 */
export function listCallersDescriptors(): number[] {
  getNetworkNamespace(); // the first look at /proc: it says in words that there is none
  const open = readdirSync('/proc/self/fd')
    .map(Number)
    .filter((descriptor) => descriptor > 2)
    .map((descriptor) => ({ descriptor, target: readTarget(descriptor) }));
  const isOwn = (target: string) => target.startsWith('pipe:') && open.filter((other) => other.target === target).length > 1;
  return open
    .filter(({ target }) => target !== null && !target.startsWith('anon_inode:') && !isOwn(target))
    .map(({ descriptor }) => descriptor);
}

/** null for the descriptor with which the folder was listed. */
function readTarget(descriptor: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return null;
  }
}
