import { countFreeDescriptors } from '../kernel/count-free-descriptors.js';
import { letServersAccept } from './let-servers-accept.js';

/** A client's and the one that the server accepts: all of them are this process's. */
const DESCRIPTORS = 2;
/** What is opened besides, now and then: a pipe to a command, a trace socket. */
const RESERVE = 32;
/** The threads in which blocking clients wait (UV_THREADPOOL_SIZE, as the sandbox is launched). */
const THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);

/** Why so many probes cannot be made at once; null where they can. What would run out otherwise looks like a reset, or like silence. */
export async function findShortage(probes: number, blocking: number): Promise<string | null> {
  if (blocking > THREADS) {
    return `${blocking} blocking clients cannot wait at once, only ${THREADS} can: make "parallel" smaller, or the clients nonblocking`;
  }
  const needed = probes * DESCRIPTORS + RESERVE;
  if (countFreeDescriptors() >= needed) {
    return null;
  }
  // What has just been closed may still count.
  await letServersAccept();
  const free = countFreeDescriptors();
  return free >= needed
    ? null
    : `${probes} probes at once need ${needed} file descriptors, and only ${free} are free: raise the limit in the shell that starts loopfw (ulimit -n), or make "parallel" smaller`;
}
