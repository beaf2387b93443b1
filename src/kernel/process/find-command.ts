import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../../model/errors.js';
import type { Backend } from '../../model/result.js';
import type { Family } from '../../model/rule.js';

/** Folders with system commands. The PATH of an ordinary user does not name all of them, and PATH may be unset. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin', '/usr/bin', '/bin'];

/** The Debian package of each command that loopfw runs. */
const PACKAGES = {
  'iptables-nft-restore': 'iptables',
  'iptables-nft-save': 'iptables',
  'ip6tables-nft-restore': 'iptables',
  'ip6tables-nft-save': 'iptables',
  'iptables-legacy-restore': 'iptables',
  'iptables-legacy-save': 'iptables',
  'ip6tables-legacy-restore': 'iptables',
  'ip6tables-legacy-save': 'iptables',
  ipset: 'ipset',
  nft: 'nftables',
  nsenter: 'util-linux',
  sleep: 'coreutils',
  setpriv: 'util-linux',
  unshare: 'util-linux',
} as const;

export type CommandName = keyof typeof PACKAGES;

interface IptablesCommands {
  restore: CommandName;
  save: CommandName;
}

/** The commands that load and save rules, by back end and family. */
export const IPTABLES_COMMANDS: Record<Backend, Record<Family, IptablesCommands>> = {
  nft: {
    ipv4: { restore: 'iptables-nft-restore', save: 'iptables-nft-save' },
    ipv6: { restore: 'ip6tables-nft-restore', save: 'ip6tables-nft-save' },
  },
  legacy: {
    ipv4: { restore: 'iptables-legacy-restore', save: 'iptables-legacy-save' },
    ipv6: { restore: 'ip6tables-legacy-restore', save: 'ip6tables-legacy-save' },
  },
};

/** The PATH for commands: the absolute folders in PATH, then the system folders. */
export function getCommandPath(): string {
  return [...new Set([...(process.env['PATH'] ?? '').split(':'), ...SYSTEM_FOLDERS])].filter((folder) => folder.startsWith('/')).join(':');
}

/** The path of a command. @throws EnvironmentError that names the package to install */
export function findCommand(name: CommandName): string {
  const path = lookUp(name);
  if (path === null) {
    throw new EnvironmentError(`${name} is not in PATH, /usr/sbin or /sbin: ${adviseToInstall(name)}`);
  }
  return path;
}

/** Whether a command is installed and executable. */
export function hasCommand(name: CommandName): boolean {
  return lookUp(name) !== null;
}

/** The packages of each back end, where iptables is in several. */
const PARTS: Record<Backend, string> = {
  nft: 'Debian, Alpine: iptables; Fedora: iptables-nft',
  legacy: 'Debian: iptables; Alpine, Fedora: iptables-legacy',
};

/**
 * Advice that names the package of a command. Where iptables is there without a back end, the advice says what works.
 * @param isThere whether a command is installed
 */
export function adviseToInstall(name: CommandName, isThere: (command: string) => boolean = (command) => lookUp(command) !== null): string {
  const backend = (['nft', 'legacy'] as const).find((each) => name.includes(`tables-${each}-`));
  if (backend !== undefined) {
    const other = backend === 'nft' ? 'legacy' : 'nft';
    if (isThere(IPTABLES_COMMANDS[other].ipv4.restore)) {
      return `iptables is here for the back end ${other} only: loopfw run, probe and shell work with --backend ${other}; for all else, install its part for ${backend} (${PARTS[backend]})`;
    }
    if (isThere('iptables-restore')) {
      return `iptables is here, but without the command ${name}, which it has since version 1.8: install that or a newer version (${PARTS[backend]})`;
    }
  }
  return `install the package ${PACKAGES[name]} (Debian: apt-get install ${PACKAGES[name]})`;
}

function lookUp(name: string): string | null {
  for (const folder of getCommandPath().split(':')) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not here: the next folder may have it
    }
  }
  return null;
}
