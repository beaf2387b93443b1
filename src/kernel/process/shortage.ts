import { EnvironmentError, getProblem } from '../../model/errors.js';

/** A resource that has run out. */
export interface Shortage {
  cause: string;
  /** The command or the setting that gives more of it. */
  remedy: string;
}

/** The resources of the machine, or of one user, that can run out. Each has the errno that reports it (errno(3)). */
export const SHORTAGES = {
  EMFILE: {
    cause: 'no file descriptor is left (ulimit -n)',
    remedy: 'in the shell that starts loopfw, ulimit -n 1024; for a container, docker run --ulimit nofile=1024',
  },
  ENFILE: {
    cause: 'the machine has no file descriptor left (fs.file-max)',
    remedy: 'as root on the host, sysctl --write fs.file-max=1000000',
  },
  EAGAIN: {
    cause: 'no process or thread can be started (ulimit -u, or the limit of a container)',
    remedy:
      'in the shell that starts loopfw, ulimit -u 4096, or end other processes of this user; for a container, docker run --pids-limit 4096; for a systemd service, TasksMax=4096',
  },
  ENOMEM: {
    cause: 'no memory is left (ulimit -v, or the limit of a container)',
    remedy: 'in the shell that starts loopfw, ulimit -v unlimited; for a container, docker run --memory 1g',
  },
} satisfies Record<string, Shortage>;

type ShortageName = keyof typeof SHORTAGES;

/** Error texts of Node.js, unshare(1) and iptables that report a shortage. */
const ERROR_TEXTS: [RegExp, ShortageName][] = [
  [/pthread_create|uv_thread_create|Resource temporarily unavailable|EAGAIN/, 'EAGAIN'],
  [/Too many open files in system|ENFILE/, 'ENFILE'],
  [/Too many open files|EMFILE|uv_loop_init/, 'EMFILE'],
  [/Last few GCs|bad_alloc|out of memory|Cannot allocate memory|ENOMEM/i, 'ENOMEM'],
];

/** The shortage that an error reports; null where it reports something else. */
export function findShortage(error: unknown): Shortage | null {
  if (!(error instanceof Error)) {
    return null;
  }
  // Only a SystemCallError has a string as errno. Its call starts no process or thread: its EAGAIN means "not now".
  if ('errno' in error && typeof error.errno === 'string') {
    return error.errno === 'EAGAIN' ? null : getShortage(error.errno);
  }
  // For a worker thread Node.js names the errno only in the message.
  return getShortage('code' in error ? error.code : null) ?? getShortage(/\b[A-Z]+$/.exec(getProblem(error))?.[0]);
}

/** The shortage for the name of an errno; null where it names no shortage. */
export function getShortage(errno: unknown): Shortage | null {
  return Object.entries(SHORTAGES).find(([name]) => name === errno)?.[1] ?? null;
}

/** The shortage that a program's last output reports; null where there is none. */
export function findShortageIn(lastWords: string): Shortage | null {
  const name = ERROR_TEXTS.find(([pattern]) => pattern.test(lastWords))?.[1];
  return name === undefined ? null : SHORTAGES[name];
}

/** An error that names the shortage and the remedy. */
export function makeShortageError(message: string, { cause, remedy }: Shortage): EnvironmentError {
  return new EnvironmentError(`${message}: ${cause}`, [remedy]);
}
