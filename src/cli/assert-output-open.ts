import { fstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { UsageError } from '../errors.js';

const STDOUT = 1;
const O_ACCMODE = 0o3;
const O_RDWR = 0o2;
/** Programs that start others without opening /dev/null for them. */
const PLAIN_PARENTS = /^(ba|da|z|k|mk|a|fi|c|tc)?sh$|^(busybox|timeout|nice|env|sudo|time|make|xargs|setpriv|unshare|strace)$/;

/**
 * Before a run whose report would go nowhere. Node.js opens /dev/null where a descriptor is closed (`>&-`), and nobody can tell it from one that
 * the parent has opened so, as Node.js and Python do on request. So the parent is looked at: one that has no standard output itself,
 * or a shell that has another.
 * @throws UsageError
 */
export function assertOutputOpen(): void {
  if (isOpenedByNode() && isClosedByParent(process.ppid)) {
    throw new UsageError('standard output is closed (>&-): give it a file or /dev/null, or the report a file, as in -r json=result.json');
  }
}

function isOpenedByNode(): boolean {
  const stats = fstatSync(STDOUT);
  if (!stats.isCharacterDevice() || stats.rdev !== readDevice('/dev/null')) {
    return false; // almost always
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
    return false; // it has ended, or is not to be seen
  }
  const output = read(() => readlinkSync(`/proc/${parent}/fd/${STDOUT}`));
  const isSeen = read(() => readlinkSync(`/proc/${parent}/exe`)) !== null;
  return isSeen && (output === null || (PLAIN_PARENTS.test(name) && output !== '/dev/null'));
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
