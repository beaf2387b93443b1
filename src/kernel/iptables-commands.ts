import type { CommandName } from './find-command.js';
import type { Backend } from '../model/result.js';
import type { Family } from '../model/rule.js';

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
