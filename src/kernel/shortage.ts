import { EnvironmentError } from '../errors.js';

export interface Shortage {
  cause: string;
  /** The command or the setting that gives more. */
  remedy: string;
}

/** What a machine, or what one user may have of it, runs out of: by the errno that says so (errno(3)). */
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

/** What a program says that ran out of something: Node.js, unshare(1), iptables. */
const LAST_WORDS: [RegExp, ShortageName][] = [
  [/pthread_create|uv_thread_create|Resource temporarily unavailable|EAGAIN/, 'EAGAIN'],
  [/Too many open files in system|ENFILE/, 'ENFILE'],
  [/Too many open files|EMFILE|uv_loop_init/, 'EMFILE'],
  [/Last few GCs|bad_alloc|out of memory|Cannot allocate memory|ENOMEM/i, 'ENOMEM'],
];

/** What an error says that there is too little of; null where it says something else. */
export function findShortage(error: unknown): Shortage | null {
  if (!(error instanceof Error)) {
    return null;
  }
  // A system call of ours, not a process or a thread: EAGAIN says "not now" there.
  if ('errno' in error && typeof error.errno === 'string') {
    return error.errno === 'EAGAIN' ? null : getShortage(error.errno);
  }
  // Of a worker thread Node.js says it in the message only.
  return getShortage('code' in error ? error.code : null) ?? getShortage(/\b[A-Z]+$/.exec(error.message)?.[0]);
}

/** By the name of an errno. */
export function getShortage(errno: unknown): Shortage | null {
  return Object.entries(SHORTAGES).find(([name]) => name === errno)?.[1] ?? null;
}

/** The same from what a program wrote before its end. */
export function findShortageIn(lastWords: string): Shortage | null {
  const name = LAST_WORDS.find(([pattern]) => pattern.test(lastWords))?.[1];
  return name === undefined ? null : SHORTAGES[name];
}

/** An error that says what there is too little of, and what helps. */
export function makeShortageError(message: string, { cause, remedy }: Shortage): EnvironmentError {
  return new EnvironmentError(`${message}: ${cause}`, [remedy]);
}
