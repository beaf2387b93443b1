// Direct calls of the C library. A function changes only the calling thread, as the system call does.
// The exceptions are setgroups(), setresgid() and setresuid(), which change all threads of the process (nptl(7)).
import { constants } from 'node:os';
import koffi from 'koffi';

const library = koffi.load(null);

koffi.struct('sock_fprog', { length: 'uint16_t', filter: 'const void *' });

const functions = {
  accept4: library.func('int accept4(int fd, void *address, void *length, int flags)'),
  bind: library.func('int bind(int fd, const void *address, unsigned int length)'),
  capset: library.func('int capset(const void *header, const void *data)'),
  clock_gettime: library.func('int clock_gettime(int clock, _Out_ uint8_t *time)'),
  connect: library.func('int connect(int fd, const void *address, unsigned int length)'),
  close: library.func('int close(int fd)'),
  fcntl: library.func('int fcntl(int fd, int command)'),
  getpgrp: library.func('int getpgrp()'),
  getsockname: library.func('int getsockname(int fd, _Out_ uint8_t *address, _Inout_ uint8_t *length)'),
  getsockopt: library.func('int getsockopt(int fd, int level, int name, _Out_ uint8_t *value, _Inout_ uint8_t *length)'),
  ioctl: library.func('int ioctl(int fd, unsigned long request, _Inout_ uint8_t *argument)'),
  listen: library.func('int listen(int fd, int backlog)'),
  poll: library.func('int poll(void *entries, unsigned long count, int timeout)'),
  posix_spawn: library.func(
    'int posix_spawn(_Out_ int *pid, const char *path, const void *actions, const void *attributes, const char **arguments, const char **environment)',
  ),
  prctl: library.func('int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)'),
  recv: library.func('long recv(int fd, _Out_ uint8_t *buffer, size_t length, int flags)'),
  recvfrom: library.func(
    'long recvfrom(int fd, _Out_ uint8_t *buffer, size_t length, int flags, _Out_ uint8_t *from, _Inout_ uint8_t *size)',
  ),
  recvmsg: library.func('long recvmsg(int fd, void *header, int flags)'),
  send: library.func('long send(int fd, const void *buffer, size_t length, int flags)'),
  sendmsg: library.func('long sendmsg(int fd, const void *header, int flags)'),
  setfsgid: library.func('unsigned int setfsgid(unsigned int id)'),
  setfsuid: library.func('unsigned int setfsuid(unsigned int id)'),
  setgroups: library.func('int setgroups(size_t count, const void *groups)'),
  setns: library.func('int setns(int fd, int type)'),
  setresgid: library.func('int setresgid(unsigned int real, unsigned int effective, unsigned int saved)'),
  setresuid: library.func('int setresuid(unsigned int real, unsigned int effective, unsigned int saved)'),
  setsockopt: library.func('int setsockopt(int fd, int level, int name, const void *value, unsigned int length)'),
  setFilter: library.func('setsockopt', 'int', ['int', 'int', 'int', 'const sock_fprog *', 'unsigned int']),
  sigaction: library.func('int sigaction(int signal, const void *action, void *before)'),
  shutdown: library.func('int shutdown(int fd, int how)'),
  socket: library.func('int socket(int domain, int type, int protocol)'),
  socketpair: library.func('int socketpair(int domain, int type, int protocol, _Out_ uint8_t *pair)'),
  unshare: library.func('int unshare(int flags)'),
  waitid: library.func('int waitid(int idtype, unsigned int id, _Out_ uint8_t *info, int options)'),
  waitpid: library.func('int waitpid(int pid, void *status, int options)'),
};

const exit = library.func('void _exit(int status)');
const recvmmsg = library.func('int recvmmsg(int fd, void *headers, unsigned int count, int flags, void *timeout)');

const MSG_DONTWAIT = 0x40;

/** The name of each errno. Where two names have one number (EAGAIN, EWOULDBLOCK), the first counts. */
const ERRNO_NAMES = new Map(
  Object.entries(constants.errno)
    .map(([name, number]) => [number, name] as const)
    .toReversed(),
);

/** A system call has failed; `errno` is its name in errno(3). */
export class SystemCallError extends Error {
  readonly errno: string;

  constructor(call: string, errno: string) {
    super(`${call}: ${errno}`);
    this.name = 'SystemCallError';
    this.errno = errno;
  }
}

type Functions = typeof functions;

/** Calls a function of the C library. @throws SystemCallError where it returns a negative number */
export function call(name: keyof Functions, ...args: unknown[]): number {
  const result = attempt(name, ...args);
  if (result < 0) {
    throw new SystemCallError(name, getErrorName(-result));
  }
  return result;
}

/**
 * The return value of a function; where that is negative, the negative errno. It is for calls that often fail: an exception costs 12 µs.
 */
export function attempt(name: keyof Functions, ...args: unknown[]): number {
  const result = Number(functions[name](...args));
  return result < 0 ? -koffi.errno() : result;
}

/** The name of an errno in errno(3). */
export function getErrorName(errno: number): string {
  return ERRNO_NAMES.get(errno) ?? `errno ${errno}`;
}

/** Like call(), but returns null for the errors that the caller expects. */
export function callUnless(errnos: readonly string[], name: keyof Functions, ...args: unknown[]): number | null {
  const result = attempt(name, ...args);
  if (result >= 0) {
    return result;
  }
  const errno = getErrorName(-result);
  if (errnos.includes(errno)) {
    return null;
  }
  throw new SystemCallError(name, errno);
}

/**
 * Receives the waiting datagrams without blocking (recvmmsg(2)). Returns their number, or a negative errno.
 * It throws no exception: most calls find no datagram, and an exception costs 12 µs.
 */
export function receiveMany(fd: number, headers: DataView, count: number): number {
  const received = Number(recvmmsg(fd, headers, count, MSG_DONTWAIT, null));
  return received < 0 ? -koffi.errno() : received;
}

/** Calls a function in libuv's thread pool. Resolves to the name of the errno where it fails, otherwise to null. */
export function callBlocking(name: keyof Functions, ...args: unknown[]): Promise<string | null> {
  return new Promise((resolve, reject) => {
    // koffi keeps the pool thread's errno for the callback.
    functions[name].async(...args, (error: Error | null, result: number) => {
      if (error !== null) {
        reject(error);
      } else {
        resolve(result < 0 ? getErrorName(koffi.errno()) : null);
      }
    });
  });
}

/**
 * Ends the process at once, whatever its threads do. process.exit() waits for a worker inside a system call (3 s, measured), and sometimes
 * aborts.
 */
export function exitNow(status: number): never {
  exit(status);
  throw new Error('unreachable');
}
