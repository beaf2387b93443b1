import { readOpenFilesLimit } from '../kernel/read-surroundings.js';

/** What the sandbox has open without a world, rounded up. */
const OWN = 64;
/** A worker's thread, a small world with some servers, two commands with their pipes, and probes that are not counted singly (Allowance). */
const PER_WORLD = 64;

/**
 * How many worlds one sandbox can have at once, as its file descriptors go: one at least. All of them are one process's, and what runs out of
 * descriptors looks like a reset: of 60 small scenarios at --jobs 32 and ulimit -n 100, a dozen saw one.
 */
export function countAffordableWorlds(): number {
  return Math.max(1, Math.floor(((readOpenFilesLimit() ?? Infinity) - OWN) / PER_WORLD));
}

/** How many the servers and clients of a world can have that is alone. */
export function countAffordableFiles(): number {
  return Math.max(0, (readOpenFilesLimit() ?? Infinity) - OWN);
}

/** What makes room for so many. */
export function getOpenFilesRemedy(files: number): string {
  const limit = files + OWN + PER_WORLD;
  return `in the shell that starts loopfw, ulimit -n ${limit}; for a container, docker run --ulimit nofile=${limit}; or make "parallel" smaller, or give the servers fewer ports`;
}
