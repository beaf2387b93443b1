import { EnvironmentError } from '../../../model/errors.js';
import { call, getErrorName } from '../../libc.js';
import { findCommand } from '../find-command.js';
import { startInPidNamespace } from '../pid-namespace.js';
import { ignoreSignal } from './ignored-signal.js';

/** A time that no program reaches: 68 years. */
const FOR_EVER_S = 2 ** 31 - 1;

/**
 * Starts the init of a new pid namespace, in which a program can then be started from outside. It is `sleep` with SIGCHLD ignored: the
 * kernel then reaps every orphan at once (wait(2)). No signal from the namespace reaches an init that handles none (pid_namespaces(7)).
 * The init has the rights of this process, which the program does not have. So the program cannot trace it (ptrace(2)).
 *
 * Node.js resets all signals of a child that it starts, and dash handles SIGCHLD even where it should ignore it. So this is posix_spawn(3).
 * @throws EnvironmentError where the kernel refuses the namespace
 */
export function startInit(): void {
  const path = findCommand('sleep');
  const restore = ignoreSignal('SIGCHLD');
  try {
    // posix_spawn() returns its errno as a positive number.
    const errno = startInPidNamespace(() => call('posix_spawn', [0], path, null, null, ['sleep', String(FOR_EVER_S), null], [null]));
    if (errno !== 0) {
      throw new EnvironmentError(`cannot start ${path}: ${getErrorName(errno)}`);
    }
  } finally {
    restore();
  }
}
