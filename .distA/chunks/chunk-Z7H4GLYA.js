import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/kernel/libc.js
import { constants } from "node:os";
import koffi from "koffi";
var library = koffi.load(null);
koffi.struct("sock_fprog", { length: "uint16_t", filter: "const void *" });
var functions = {
  bind: library.func("int bind(int fd, const void *address, unsigned int length)"),
  connect: library.func("int connect(int fd, const void *address, unsigned int length)"),
  close: library.func("int close(int fd)"),
  getsockopt: library.func("int getsockopt(int fd, int level, int name, _Out_ uint8_t *value, _Inout_ uint8_t *length)"),
  ioctl: library.func("int ioctl(int fd, unsigned long request, _Inout_ uint8_t *argument)"),
  prctl: library.func("int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)"),
  recv: library.func("long recv(int fd, _Out_ uint8_t *buffer, size_t length, int flags)"),
  recvfrom: library.func("long recvfrom(int fd, _Out_ uint8_t *buffer, size_t length, int flags, _Out_ uint8_t *from, _Inout_ uint8_t *size)"),
  send: library.func("long send(int fd, const void *buffer, size_t length, int flags)"),
  setns: library.func("int setns(int fd, int type)"),
  setsockopt: library.func("int setsockopt(int fd, int level, int name, const void *value, unsigned int length)"),
  setFilter: library.func("setsockopt", "int", ["int", "int", "int", "const sock_fprog *", "unsigned int"]),
  shutdown: library.func("int shutdown(int fd, int how)"),
  socket: library.func("int socket(int domain, int type, int protocol)"),
  unshare: library.func("int unshare(int flags)"),
  waitid: library.func("int waitid(int idtype, unsigned int id, _Out_ uint8_t *info, int options)"),
  waitpid: library.func("int waitpid(int pid, void *status, int options)"),
  // glibc's own setresuid() and its like change every thread of a process; the bare system calls only the caller's.
  syscall: library.func("syscall", "long", ["long", "long", "long", "long"]),
  syscallWithBuffers: library.func("syscall", "long", ["long", "const void *", "const void *"])
};
var exit = library.func("void _exit(int status)");
var SystemCallError = class extends Error {
  errno;
  constructor(call2, errno) {
    super(`${call2}: ${errno}`);
    this.name = "SystemCallError";
    this.errno = errno;
  }
};
function call(name, ...args) {
  const result = Number(functions[name](...args));
  if (result < 0) {
    throw new SystemCallError(name, getErrorName(koffi.errno()));
  }
  return result;
}
function getErrorName(errno) {
  return Object.entries(constants.errno).find(([, number]) => number === errno)?.[0] ?? `errno ${errno}`;
}
function callUnless(errnos, name, ...args) {
  try {
    return call(name, ...args);
  } catch (error) {
    if (error instanceof SystemCallError && errnos.includes(error.errno)) {
      return null;
    }
    throw error;
  }
}
function callBlocking(name, ...args) {
  return new Promise((resolve, reject) => {
    functions[name].async(...args, (error, result) => {
      if (error !== null) {
        reject(error);
      } else {
        resolve(result < 0 ? getErrorName(koffi.errno()) : null);
      }
    });
  });
}
function exitNow(status) {
  exit(status);
  throw new Error("unreachable");
}

export {
  SystemCallError,
  call,
  getErrorName,
  callUnless,
  callBlocking,
  exitNow
};
