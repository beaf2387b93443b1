// The C library, called directly. Every function works on the calling thread alone, as the system calls themselves do.
import { constants } from 'node:os';
import koffi from 'koffi';
const library = koffi.load(null);
koffi.struct('sock_fprog', { length: 'uint16_t', filter: 'const void *' });
const functions = {
    bind: library.func('int bind(int fd, const void *address, unsigned int length)'),
    connect: library.func('int connect(int fd, const void *address, unsigned int length)'),
    close: library.func('int close(int fd)'),
    getsockopt: library.func('int getsockopt(int fd, int level, int name, _Out_ uint8_t *value, _Inout_ uint8_t *length)'),
    ioctl: library.func('int ioctl(int fd, unsigned long request, _Inout_ uint8_t *argument)'),
    prctl: library.func('int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)'),
    recv: library.func('long recv(int fd, _Out_ uint8_t *buffer, size_t length, int flags)'),
    recvfrom: library.func('long recvfrom(int fd, _Out_ uint8_t *buffer, size_t length, int flags, _Out_ uint8_t *from, _Inout_ uint8_t *size)'),
    send: library.func('long send(int fd, const void *buffer, size_t length, int flags)'),
    setns: library.func('int setns(int fd, int type)'),
    setsockopt: library.func('int setsockopt(int fd, int level, int name, const void *value, unsigned int length)'),
    setFilter: library.func('setsockopt', 'int', ['int', 'int', 'int', 'const sock_fprog *', 'unsigned int']),
    shutdown: library.func('int shutdown(int fd, int how)'),
    socket: library.func('int socket(int domain, int type, int protocol)'),
    unshare: library.func('int unshare(int flags)'),
    waitid: library.func('int waitid(int idtype, unsigned int id, _Out_ uint8_t *info, int options)'),
    waitpid: library.func('int waitpid(int pid, void *status, int options)'),
    // glibc's own setresuid() and its like change every thread of a process; the bare system calls only the caller's.
    syscall: library.func('syscall', 'long', ['long', 'long', 'long', 'long']),
    syscallWithBuffers: library.func('syscall', 'long', ['long', 'const void *', 'const void *']),
};
const exit = library.func('void _exit(int status)');
/** A system call that failed; `errno` is its name in errno(3). */
export class SystemCallError extends Error {
    errno;
    constructor(call, errno) {
        super(`${call}: ${errno}`);
        this.name = 'SystemCallError';
        this.errno = errno;
    }
}
/** Calls a function of the C library and throws SystemCallError where it returns a negative number. */
export function call(name, ...args) {
    const result = Number(functions[name](...args));
    if (result < 0) {
        throw new SystemCallError(name, getErrorName(koffi.errno()));
    }
    return result;
}
/** An errno by its name in errno(3). */
export function getErrorName(errno) {
    return Object.entries(constants.errno).find(([, number]) => number === errno)?.[0] ?? `errno ${errno}`;
}
/** Like call(), but gives null where the error is one that the caller expects. */
export function callUnless(errnos, name, ...args) {
    try {
        return call(name, ...args);
    }
    catch (error) {
        if (error instanceof SystemCallError && errnos.includes(error.errno)) {
            return null;
        }
        throw error;
    }
}
/** Calls a function in libuv's thread pool. Gives the errno by its name where it fails, else null. */
export function callBlocking(name, ...args) {
    return new Promise((resolve, reject) => {
        // koffi keeps the pool thread's errno for the callback.
        functions[name].async(...args, (error, result) => {
            if (error !== null) {
                reject(error);
            }
            else {
                resolve(result < 0 ? getErrorName(koffi.errno()) : null);
            }
        });
    });
}
/**
 * Ends the process at once, whatever its threads do. process.exit() waits for a worker that is inside a system call
 * (3 s, measured) and aborts now and then.
 */
export function exitNow(status) {
    exit(status);
    throw new Error('unreachable');
}
