import { readdirSync, readlinkSync } from 'node:fs';

let listed: number[] | null = null;

/**
 * The numbers of the files above 2 that this process was started with. The first call counts: make it before loopfw opens files.
 * Node.js opens some files before loopfw's code runs: eventfd and epoll, which have no path, and pipes of which it holds both ends. They
 * are left out.
 */
export function listCallersDescriptors(): number[] {
  return (listed ??= findOpen());
}

function findOpen(): number[] {
  const open = listNames()
    .map(Number)
    .filter((descriptor) => descriptor > 2)
    .map((descriptor) => ({ descriptor, target: readTarget(descriptor) }));
  const isOwn = (target: string) => target.startsWith('pipe:') && open.filter((other) => other.target === target).length > 1;
  return open
    .filter(({ target }) => target !== null && !target.startsWith('anon_inode:') && !isOwn(target))
    .map(({ descriptor }) => descriptor);
}

/** Without /proc there is no sandbox either: its start reports that. */
function listNames(): string[] {
  try {
    return readdirSync('/proc/self/fd');
  } catch {
    return [];
  }
}

/** The target of a descriptor; null for the closed descriptor of readdirSync(). */
function readTarget(descriptor: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return null;
  }
}

/**
 * The stdio entries above 2. Each of the caller's files keeps its number. It must be listed, because Node.js marks every descriptor below
 * 16 close-on-exec.
 */
export function listHandedOn(descriptors: number[]): ('ignore' | 'inherit')[] {
  const count = Math.max(2, ...descriptors) - 2;
  return Array.from({ length: count }, (_, place) => (descriptors.includes(place + 3) ? 'inherit' : 'ignore'));
}
