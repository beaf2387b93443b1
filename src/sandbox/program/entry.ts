import { closeSync, openSync } from 'node:fs';
import { findChild, findInit, getOwnNumbers, isRunning } from '../../kernel/process/program/child.js';
import { findCommand } from '../../kernel/process/find-command.js';
import { EnvironmentError, InternalError } from '../../model/errors.js';
import type { Namespaces } from '../launch.js';

/**
 * The capabilities that root's program keeps: the caller's rights over files, users and its own processes. What is missing has power over
 * the world or over loopfw: NET_ADMIN, NET_RAW, SYS_ADMIN, SYS_PTRACE, SYS_MODULE and others (capabilities(7)).
 */
const ROOTS_CAPABILITIES = [
  ...['chown', 'dac_override', 'dac_read_search', 'fowner', 'fsetid', 'linux_immutable', 'mknod', 'lease', 'setfcap', 'sys_chroot'],
  ...['setuid', 'setgid', 'setpcap', 'kill', 'net_bind_service', 'ipc_lock', 'ipc_owner', 'sys_nice', 'sys_resource', 'audit_write'],
];

/** What --allow-net-admin leaves to root's program. */
const NET_CAPABILITIES = ['net_admin', 'net_raw'];

/** A command that starts another one in the world. The descriptors that it names stay open until close(). */
export interface Entry {
  /** The command and its arguments, up to those of the program. */
  words: [string, ...string[]];
  /** @throws InternalError where the init has ended: what was in its pid namespace has not ended by itself */
  assertInitRuns(): void;
  close(): void;
}

/**
 * Opens the namespaces of the sandbox, and makes the command that starts a program in them: nsenter(1), and behind it what takes from the
 * program all power over the world.
 *
 * Without root that is a user namespace of the program's own, below the sandbox's: the network belongs to the outer one, in which the
 * program has no capability. So it cannot change rules, trace a process of loopfw, or enter its namespaces. Root's program loses
 * the capabilities for that, and cannot gain them again (the bounding set).
 *
 * --allow-net-admin: without root the program gets a user namespace above the sandbox's instead. Who owns a namespace, and stands in its
 * parent, has all capabilities over it (user_namespaces(7)). So the program has them without holding one, and keeps the caller's id.
 *
 * The namespaces are opened here, so that one that cannot be entered is not confused with an exit code of the program.
 * @param self the pid of this process in /proc
 */
export function openEntry(namespaces: Namespaces, self = getOwnNumbers().shown): Entry {
  const { init, descriptors } = openNamespaces(namespaces, self);
  const options = Object.entries(descriptors).map(([name, descriptor]) => `--${name}=/proc/${self}/fd/${descriptor}`);
  const weaken = makeWeakening(namespaces);
  return {
    // A process that has been stopped (see Waiter) would outlive a loopfw that is killed.
    words: [
      findCommand('setpriv'),
      '--pdeathsig',
      'KILL',
      '--',
      findCommand('nsenter'),
      ...options,
      ...(namespaces.isOfUser ? ['--preserve-credentials'] : []),
      '--',
      ...weaken,
    ],
    assertInitRuns: () => {
      if (!isRunning(init)) {
        throw new InternalError("the init of the program's pid namespace has ended");
      }
    },
    close: () => Object.values(descriptors).forEach((descriptor) => closeSync(descriptor)),
  };
}

function makeWeakening({ isOfUser, program }: Namespaces): string[] {
  if (isOfUser) {
    return program === 'strong' ? [] : [findCommand('unshare'), '--user', '--map-current-user', '--'];
  }
  const kept = program === 'strong' ? [...ROOTS_CAPABILITIES, ...NET_CAPABILITIES] : ROOTS_CAPABILITIES;
  const bounding = ['-all', ...kept.map((name) => `+${name}`)].join(',');
  return [findCommand('setpriv'), '--inh-caps', '-all', '--ambient-caps', '-all', '--bounding-set', bounding, '--'];
}

/**
 * Opens the namespaces through /proc: those of unshare(1), which keeps them, and the pid namespace of the init. Both processes have the
 * caller's ids and no more rights than the caller. So CAP_SYS_PTRACE, which containers do not give, is not needed.
 */
function openNamespaces({ keeper, isOfUser, program }: Namespaces, self: number): { init: number; descriptors: Record<string, number> } {
  const waiter = findChild(self, (pid) => pid === keeper)?.shown;
  // With a user namespace above the sandbox's there is a process more.
  const last = isOfUser && program === 'strong' && waiter !== undefined ? findChild(waiter)?.shown : waiter;
  const inside = last === undefined ? undefined : findChild(last)?.shown;
  const init = inside === undefined ? null : findInit(inside);
  if (waiter === undefined || last === undefined || init === null) {
    throw new EnvironmentError('cannot enter the sandbox: /proc does not show the processes that keep its namespaces');
  }
  const paths = { net: `${last}/ns/net`, pid: `${init}/ns/pid`, ...(isOfUser ? { user: `${waiter}/ns/user` } : {}) };
  try {
    return { init, descriptors: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, openSync(`/proc/${path}`, 'r')])) };
  } catch (error) {
    throw new EnvironmentError(`cannot enter the sandbox: ${(error as Error).message}`);
  }
}
