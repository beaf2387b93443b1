import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../errors.js';

/** Where commands are that an ordinary user's PATH leaves out, or none has. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin', '/usr/bin', '/bin'];

/** Debian's package of each command that loopfw runs. */
const PACKAGES = {
  'iptables-nft-restore': 'iptables',
  'iptables-nft-save': 'iptables',
  'ip6tables-nft-restore': 'iptables',
  'ip6tables-nft-save': 'iptables',
  'iptables-legacy-restore': 'iptables',
  'iptables-legacy-save': 'iptables',
  'ip6tables-legacy-restore': 'iptables',
  'ip6tables-legacy-save': 'iptables',
  setpriv: 'util-linux',
  unshare: 'util-linux',
} as const;

export type CommandName = keyof typeof PACKAGES;

export function getCommandPath(): string {
  return [...new Set([...(process.env['PATH'] ?? '').split(':'), ...SYSTEM_FOLDERS])].filter((folder) => folder.startsWith('/')).join(':');
}

/** @throws EnvironmentError that names the package to install */
export function findCommand(name: CommandName): string {
  for (const folder of getCommandPath().split(':')) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not here; the next folder may have it
    }
  }
  throw new EnvironmentError(
    `${name} is not in PATH, /usr/sbin or /sbin: install the package ${PACKAGES[name]} (Debian: apt-get install ${PACKAGES[name]})`,
  );
}
