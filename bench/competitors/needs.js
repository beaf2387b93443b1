import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BIN } from './loopfw.js';
import { asOrdinaryUser } from './ordinary-user.js';

/**
 * What script/setup does not install, because only the benchmark needs it. `nc` must be OpenBSD's: others have no -k, or print other words.
 * An entry that needs what is missing is left out.
 */
const NEEDS = [
  { name: 'nmap', remedy: "Debian's package nmap", command: ['nmap', '--version'], says: /Nmap/ },
  { name: 'nc', remedy: "Debian's package netcat-openbsd", command: ['nc', '-h'], says: /OpenBSD/ },
  { name: 'cc', remedy: "Debian's packages gcc and libc6-dev", command: ['cc', '--version'], says: /Free Software|clang/ },
  {
    name: 'nobody',
    remedy: 'a checkout and a Node.js that every user can read',
    command: asOrdinaryUser([process.execPath, BIN, '--version']),
    says: /^\d/,
  },
];

/** What is missing on this machine, each with what would help. */
export async function findMissing() {
  const there = await Promise.all(NEEDS.map(isThere));
  return NEEDS.filter((_, place) => !there[place]).map(({ name, remedy }) => ({ name, remedy }));
}

async function isThere({ command: [program, ...args], says }) {
  const { stdout = '', stderr = '' } = await promisify(execFile)(program, args).catch((error) => error);
  return says.test(`${stdout}${stderr}`);
}
