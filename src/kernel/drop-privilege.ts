import { constants } from 'node:os';
import { EnvironmentError } from '../errors.js';
import { CAPABILITIES } from './capabilities.js';
import { PROGRAM_ID, UNPRIVILEGED_ID } from './unprivileged-id.js';
import { call, callUnless, SystemCallError } from './libc.js';

const { CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP, CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN } = CAPABILITIES;

// linux/capability.h
const LINUX_CAPABILITY_VERSION_3 = 0x20080522;

// linux/prctl.h
const PR_SET_PDEATHSIG = 1;
const PR_SET_DUMPABLE = 4;
const PR_SET_KEEPCAPS = 8;
const PR_CAPBSET_DROP = 24;
const PR_SET_NO_NEW_PRIVS = 38;
const PR_CAP_AMBIENT = 47;
const PR_CAP_AMBIENT_RAISE = 2;

/** What the calling thread goes on needing, and each that it starts: new namespaces, their networks, and servers on ports below 1024. */
const KEPT: number[] = [CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN];
/** And where scenarios start programs: to end them, for they are another user's. It reaches no further than its pid namespace. */
const KEPT_FOR_PROGRAMS: number[] = [CAP_KILL];
/** What the commands that it starts get. */
const INHERITED: number[] = [CAP_NET_ADMIN, CAP_NET_RAW];

/**
 * Makes the whole process an unprivileged user's for good (capabilities(7), credentials(7)). The calling thread keeps a few capabilities and
 * hands them on to the threads that it starts later; the other threads (V8's and libuv's own) keep none. Commands have CAP_NET_ADMIN and
 * CAP_NET_RAW only, and can gain nothing.
 *
 * @param startsPrograms whether scenarios may start programs, which have an id of their own. A saved user id is enough to become another user
 * (setresuid(2)), where CAP_SETUID would be enough to become root again.
 * @throws EnvironmentError where the machine does not allow it.
 */
export function dropPrivilege(startsPrograms: boolean): void {
  const saved = startsPrograms ? PROGRAM_ID : UNPRIVILEGED_ID;
  const kept = startsPrograms ? [...KEPT, ...KEPT_FOR_PROGRAMS] : KEPT;
  try {
    // What a thread hands on, it must have before the bounding set is empty: nothing can be added to it then.
    call('capset', ...makeCapabilities([...kept, CAP_SETGID, CAP_SETUID, CAP_SETPCAP]));
    emptyBoundingSet();
    call('prctl', PR_SET_KEEPCAPS, 1, 0, 0, 0);
    // The C library's own functions: they change all threads of the process, where a system call changes the one that makes it.
    call('setgroups', 0, null);
    call('setresgid', UNPRIVILEGED_ID, UNPRIVILEGED_ID, saved);
    call('setresuid', UNPRIVILEGED_ID, UNPRIVILEGED_ID, saved);
    call('capset', ...makeCapabilities(kept));
    for (const capability of INHERITED) {
      call('prctl', PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0);
    }
    call('prctl', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    // With another user id the kernel forgets that it was to end with its parent (unshare's --kill-child).
    call('prctl', PR_SET_PDEATHSIG, constants.signals.SIGKILL, 0, 0, 0);
  } catch (error) {
    if (error instanceof SystemCallError) {
      throw new EnvironmentError(`cannot give up root's privileges: ${error.message}`);
    }
    throw error;
  }
}

/** Closes the process to others of the same user: to ptrace(2), and what it has in /proc (PR_SET_DUMPABLE). It may still look at itself there. */
export function hideFromUser(): void {
  call('prctl', PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/** Ambient capabilities do not need it; what gives them up has then none that it could gain. */
function emptyBoundingSet(): void {
  for (let capability = 0; capability < 64; capability++) {
    if (callUnless(['EINVAL'], 'prctl', PR_CAPBSET_DROP, capability, 0, 0, 0) === null) {
      return; // past the last capability that this kernel knows
    }
  }
}

/** The header and data of capset(2), version 3: effective, permitted and inheritable, twice 32 bits each. */
function makeCapabilities(capabilities: number[]): [Buffer, Buffer] {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(LINUX_CAPABILITY_VERSION_3, 0);
  const data = Buffer.alloc(24);
  const kept = toMask(capabilities);
  data.writeUInt32LE(kept, 0);
  data.writeUInt32LE(kept, 4);
  data.writeUInt32LE(toMask(INHERITED), 8);
  return [header, data];
}

function toMask(capabilities: number[]): number {
  return capabilities.reduce((mask, capability) => mask | (1 << capability), 0);
}
