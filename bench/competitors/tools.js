import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Tools that script/setup does not install, because only the benchmark needs them. `nc` must be OpenBSD's: others have no -k, or print
 * other words.
 */
const TOOLS = [
  { command: 'nmap', package: 'nmap', args: ['--version'], says: 'Nmap' },
  { command: 'nc', package: 'netcat-openbsd', args: ['-h'], says: 'OpenBSD' },
];

/** The competitors that are not installed, each with its Debian package. */
export async function findMissing() {
  const there = await Promise.all(TOOLS.map(isThere));
  return TOOLS.filter((_, place) => !there[place]).map(({ command, package: name }) => ({ command, package: name }));
}

async function isThere({ command, args, says }) {
  const { stdout = '', stderr = '' } = await promisify(execFile)(command, args).catch((error) => error);
  return `${stdout}${stderr}`.includes(says);
}
