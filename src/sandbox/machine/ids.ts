import { isUnprivilegedIdMapped, makeIdCheck } from '../../kernel/process/identity.js';

/** Set for the program of `loopfw exec`. As root it lacks the rights for a sandbox of root's kind, so a loopfw there takes the user's kind. */
export const IN_WORLD = 'LOOPFW_IN_WORLD';

/** Whether the sandbox has a user namespace of its own. */
export function isRootless(): boolean {
  return process.getuid?.() !== 0 || process.env[IN_WORLD] === '1';
}

/** Whether the sandbox starts as root and gives that up. */
export function givesUpRoot(): boolean {
  return !isRootless() && isUnprivilegedIdMapped();
}

/**
 * A function that tells whether an id exists in the sandbox. Without root it has one user and one group, which are the caller's outside.
 * @param keepsUser whether their ids are the caller's there too, instead of 0
 */
export function makeSandboxIdCheck(kind: 'uid' | 'gid', keepsUser: boolean): (id: number) => boolean {
  const own = keepsUser ? (kind === 'uid' ? process.getuid?.() : process.getgid?.()) : 0;
  return isRootless() ? (id) => id === own : makeIdCheck(kind);
}
