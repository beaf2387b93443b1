import { fstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { UsageError } from '../../model/errors.js';

const STDOUT = 1;
const O_ACCMODE = 0o3;
const O_RDWR = 0o2;
/** Programs that never open /dev/null as the standard output of a program that they start. */
const PARENTS_THAT_KEEP_STDOUT = /^(ba|da|z|k|mk|a|fi|c|tc)?sh$|^(busybox|timeout|nice|env|sudo|time|make|xargs|setpriv|unshare|strace)$/;

/**
 * Checks, before a run, that the report is not lost to a closed standard output (`>&-`).
 * Node.js opens /dev/null for a closed descriptor. It looks the same as a /dev/null that the parent has opened, as Node.js and Python do on
 * request.
 * So the parent decides. Standard output was closed where the parent itself has none, or where the parent is a shell with another one.
 * @throws UsageError where it was closed
 */
export function assertOutputOpen(): void {
  if (isOpenedByNode() && isClosedByParent(process.ppid)) {
    throw new UsageError('standard output is closed (>&-): give it a file or /dev/null, or the report a file, as in -r json=result.json');
  }
}

function isOpenedByNode(): boolean {
  const stats = fstatSync(STDOUT);
  if (!stats.isCharacterDevice() || stats.rdev !== readDevice('/dev/null')) {
    return false; // the usual case
  }
  const flags = Number.parseInt(
    /^flags:\s*(\d+)/m.exec(read(() => readFileSync(`/proc/self/fdinfo/${STDOUT}`, 'utf8')) ?? '')?.[1] ?? '0',
    8,
  );
  return (flags & O_ACCMODE) === O_RDWR;
}

function isClosedByParent(parent: number): boolean {
  const name = read(() => readFileSync(`/proc/${parent}/comm`, 'utf8').trim());
  if (name === null) {
    return false; // the parent has ended, or is not visible
  }
  const output = read(() => readlinkSync(`/proc/${parent}/fd/${STDOUT}`));
  const isSeen = read(() => readlinkSync(`/proc/${parent}/exe`)) !== null;
  return isSeen && (output === null || (PARENTS_THAT_KEEP_STDOUT.test(name) && output !== '/dev/null'));
}

function readDevice(path: string): number | null {
  return read(() => statSync(path).rdev);
}

function read<Value>(look: () => Value): Value | null {
  try {
    return look();
  } catch {
    return null;
  }
}
