import { constants } from 'node:os';
import { EnvironmentError } from '../../model/errors.js';
import { call, callUnless, SystemCallError } from '../libc.js';
import { CAPABILITIES, PROGRAM_ID, UNPRIVILEGED_ID } from './identity.js';

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

/** What a process keeps of root. */
interface KeptRights {
  /** The saved user and group id. A thread may change to it without a capability (setresuid(2)). */
  savedId: number;
  /** The capabilities that the calling thread keeps; threads that it starts later inherit them. */
  capabilities: number[];
  /** The capabilities of the commands that the thread starts. */
  inherited: number[];
}

/** Needed for new namespaces, for their networks, for servers on ports below 1024, and for commands that change the network. */
const INSIDE: KeptRights = {
  savedId: UNPRIVILEGED_ID,
  capabilities: [CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN],
  inherited: [CAP_NET_ADMIN, CAP_NET_RAW],
};

/** What each process of the sandbox keeps where root runs loopfw. */
export const KEPT_RIGHTS = {
  inside: INSIDE,
  /**
   * Programs of scenarios run as PROGRAM_ID, so that only CAP_KILL can end them. It reaches only processes of the sandbox's pid namespace.
   * The saved id is enough to start them; CAP_SETUID would also allow the change back to root.
   */
  insideWithPrograms: { ...INSIDE, savedId: PROGRAM_ID, capabilities: [...INSIDE.capabilities, CAP_KILL] },
  /**
   * The process that makes sockets of other users: CAP_SETUID and CAP_SETGID for their user and group, CAP_SYS_ADMIN to enter the network
   * namespace of a world, CAP_NET_RAW for ICMP.
   */
  socketMaker: { savedId: UNPRIVILEGED_ID, capabilities: [CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN, CAP_NET_RAW], inherited: [] },
} satisfies Record<string, KeptRights>;

/**
 * Changes the whole process to an unprivileged user for good (capabilities(7), credentials(7)).
 * The calling thread keeps a few capabilities, and threads that it starts later inherit them. The other threads (of V8 and libuv) keep
 * none. Its commands can gain no others than those that they inherit.
 *
 * @throws EnvironmentError where the machine does not allow it
 */
export function dropPrivilege({ savedId, capabilities, inherited }: KeptRights): void {
  try {
    // The inheritable set must be complete before the bounding set is empty: afterwards no capability can be added to it.
    call('capset', ...makeCapabilities([...capabilities, CAP_SETGID, CAP_SETUID, CAP_SETPCAP], inherited));
    emptyBoundingSet();
    call('prctl', PR_SET_KEEPCAPS, 1, 0, 0, 0);
    // These C library functions change all threads of the process. The bare system calls change only the calling thread.
    call('setgroups', 0, null);
    call('setresgid', UNPRIVILEGED_ID, UNPRIVILEGED_ID, savedId);
    call('setresuid', UNPRIVILEGED_ID, UNPRIVILEGED_ID, savedId);
    call('capset', ...makeCapabilities(capabilities, inherited));
    for (const capability of inherited) {
      call('prctl', PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0);
    }
    call('prctl', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    // The new user id has cleared the parent-death signal, which unshare --kill-child had set.
    call('prctl', PR_SET_PDEATHSIG, constants.signals.SIGKILL, 0, 0, 0);
  } catch (error) {
    if (error instanceof SystemCallError) {
      throw new EnvironmentError(`cannot give up root's privileges: ${error.message}`);
    }
    throw error;
  }
}

/**
 * Denies other processes of the same user ptrace(2) on this process, and its private files in /proc (PR_SET_DUMPABLE in prctl(2)). The
 * process can still read its own files there.
 */
export function hideFromUser(): void {
  call('prctl', PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/**
 * Removes every capability from the bounding set. Ambient capabilities do not need it. A command that gives up its capabilities cannot gain
 * them again.
 */
function emptyBoundingSet(): void {
  for (let capability = 0; capability < 64; capability++) {
    if (callUnless(['EINVAL'], 'prctl', PR_CAPBSET_DROP, capability, 0, 0, 0) === null) {
      return; // this kernel knows no capability from here on
    }
  }
}

/** The header and the data of capset(2), version 3. The data are two blocks of effective, permitted and inheritable, 32 bits each. */
function makeCapabilities(capabilities: number[], inherited: number[]): [Buffer, Buffer] {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(LINUX_CAPABILITY_VERSION_3, 0);
  const data = Buffer.alloc(24);
  const kept = toMask(capabilities);
  data.writeUInt32LE(kept, 0);
  data.writeUInt32LE(kept, 4);
  data.writeUInt32LE(toMask(inherited), 8);
  return [header, data];
}

function toMask(capabilities: number[]): number {
  return capabilities.reduce((mask, capability) => mask | (1 << capability), 0);
}
