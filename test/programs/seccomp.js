// Runs a command under a seccomp filter: filters are inherited.
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
/** struct seccomp_data: the number of the system call, and its arguments of 8 bytes each. */
const NUMBER_AT = 0;
const ARGUMENTS_AT = 16;

koffi.struct('sock_filter', { code: 'uint16_t', jt: 'uint8_t', jf: 'uint8_t', k: 'uint32_t' });
koffi.struct('sock_fprog', { len: 'uint16_t', filter: 'sock_filter *' });
const library = koffi.load(null);
const prctl = library.func('int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)');
const setFilter = library.func('prctl', 'int', ['int', 'unsigned long', 'sock_fprog *']);

/**
 * Denies a system call of this process, and runs the command of its command line.
 * @param call its number
 * @param args those of its arguments that must have a value, by their places
 */
export function runWithout(call, args, errno) {
  const words = [[NUMBER_AT, call], ...Object.entries(args).map(([place, value]) => [ARGUMENTS_AT + place * 8, value])];
  const checks = words.flatMap(([offset, value], place) => [
    { code: LOAD_WORD, jt: 0, jf: 0, k: offset },
    { code: JUMP_IF_EQUAL, jt: 0, jf: 2 * (words.length - place) - 1, k: value },
  ]);
  const filter = [
    ...checks,
    { code: RETURN, jt: 0, jf: 0, k: SECCOMP_RET_ERRNO | errno },
    { code: RETURN, jt: 0, jf: 0, k: SECCOMP_RET_ALLOW },
  ];
  if (
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0 ||
    setFilter(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, { len: filter.length, filter }) !== 0
  ) {
    throw new Error('the filter cannot be set');
  }
  const [command, ...rest] = process.argv.slice(2);
  process.exitCode = spawnSync(command, rest, { stdio: 'inherit' }).status ?? 1;
}
