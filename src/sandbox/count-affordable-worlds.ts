import { readOpenFilesLimit } from '../kernel/read-surroundings.js';

/** The files that the sandbox has open without a world, rounded up. */
const OWN = 64;
/**
 * Files for each world: a worker's thread, a small world with some servers, and two commands with their pipes. They also cover probes that
 * are not counted one by one (Allowance).
 */
const PER_WORLD = 64;

/**
 * How many worlds one sandbox can have at once with its limit of file descriptors; at least 1.
 * All worlds share the descriptors of one process. A probe that finds no descriptor looks like a reset. Of 60 small scenarios at --jobs 32
 * and ulimit -n 100, a dozen saw one.
 */
export function countAffordableWorlds(): number {
  return Math.max(1, Math.floor(((readOpenFilesLimit() ?? Infinity) - OWN) / PER_WORLD));
}

/** How many file descriptors the servers and clients of a world can have, where it is the only world. */
export function countAffordableFiles(): number {
  return Math.max(0, (readOpenFilesLimit() ?? Infinity) - OWN);
}

/** The remedy that makes room for that many files. */
export function getOpenFilesRemedy(files: number): string {
  const limit = files + OWN + PER_WORLD;
  return `in the shell that starts loopfw, ulimit -n ${limit}; for a container, docker run --ulimit nofile=${limit}; or make "parallel" smaller, or give the servers fewer ports`;
}
