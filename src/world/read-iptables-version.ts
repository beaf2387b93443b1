import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { Backend } from '../model/result.js';

/** What the iptables of a back end says of its version: "v1.8.9 (nf_tables)". @throws as CommandRunner.run() does */
export function readIptablesVersion(backend: Backend, commands: CommandRunner): string | null {
  const said = commands.run(IPTABLES_COMMANDS[backend].ipv4.restore, ['--version']);
  return /v\d.*$/m.exec(said)?.[0] ?? null;
}
