// Puts a seccomp filter over itself that denies unshare(2) with EPERM, and runs a command under it: filters are inherited.
import { spawnSync } from 'node:child_process';
import koffi from 'koffi';

// linux/prctl.h, linux/seccomp.h, linux/filter.h
const PR_SET_SECCOMP = 22;
const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_MODE_FILTER = 2;
const SECCOMP_RET_ERRNO = 0x00050000;
const SECCOMP_RET_ALLOW = 0x7fff0000;
const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const RETURN = 0x06;
const EPERM = 1;
const UNSHARE = { x64: 272, arm64: 97 }[process.arch];

koffi.struct('sock_filter', { code: 'uint16_t', jt: 'uint8_t', jf: 'uint8_t', k: 'uint32_t' });
koffi.struct('sock_fprog', { len: 'uint16_t', filter: 'sock_filter *' });
const library = koffi.load(null);
const prctl = library.func('int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)');
const setFilter = library.func('prctl', 'int', ['int', 'unsigned long', 'sock_fprog *']);

const filter = [
  { code: LOAD_WORD, jt: 0, jf: 0, k: 0 }, // the system call's number
  { code: JUMP_IF_EQUAL, jt: 0, jf: 1, k: UNSHARE },
  { code: RETURN, jt: 0, jf: 0, k: SECCOMP_RET_ERRNO | EPERM },
  { code: RETURN, jt: 0, jf: 0, k: SECCOMP_RET_ALLOW },
];
if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0 || setFilter(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, { len: filter.length, filter }) !== 0) {
  throw new Error('the filter cannot be set');
}
const [command, ...args] = process.argv.slice(2);
process.exitCode = spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
