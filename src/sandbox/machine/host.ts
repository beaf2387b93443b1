import { adviseToInstall, type CommandName, findCommand, hasCommand, IPTABLES_COMMANDS } from '../../kernel/process/find-command.js';
import { SHORTAGES } from '../../kernel/process/shortage.js';
import { hasIPv6, readLimits, readSurroundings } from '../../kernel/process/surroundings.js';
import type { CommandSet, Surroundings } from '../../model/examination.js';
import type { Backend } from '../../model/result.js';

/** The facts about this machine that need no sandbox. */
export interface Host {
  surroundings: Surroundings;
  /** ulimit -n and ulimit -u; null means no limit, or not readable. */
  openFiles: number | null;
  processes: number | null;
  hasIPv6: boolean;
  commands: Record<CommandSet, CommandState[]>;
}

interface CommandState {
  name: CommandName;
  isThere: boolean;
  howToInstall: string;
}

/** The commands that raise the limits. */
export const LIMIT_REMEDIES = { openFiles: SHORTAGES.EMFILE.remedy, processes: SHORTAGES.EAGAIN.remedy };

export function examineHost(): Host {
  const { openFiles, processes } = readLimits();
  return {
    surroundings: readSurroundings(),
    openFiles,
    processes,
    hasIPv6: hasIPv6(),
    commands: {
      nft: getNames('nft').map(lookFor),
      legacy: getNames('legacy').map(lookFor),
      native: [lookFor('nft')],
      ipset: [lookFor('ipset')],
    },
  };
}

/** Checks that the command is there which applies rules or makes ipsets. @throws EnvironmentError that names the package to install */
export function assertInstalled(set: CommandSet): void {
  findCommand(set === 'native' ? 'nft' : set === 'ipset' ? 'ipset' : IPTABLES_COMMANDS[set].ipv4.restore);
}

function getNames(backend: Backend): CommandName[] {
  return Object.values(IPTABLES_COMMANDS[backend]).flatMap(({ restore, save }) => [restore, save]);
}

function lookFor(name: CommandName): CommandState {
  return { name, isThere: hasCommand(name), howToInstall: adviseToInstall(name) };
}
