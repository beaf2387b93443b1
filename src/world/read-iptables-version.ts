import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { Backend } from '../model/result.js';

/**
 * The version that the iptables of a back end reports: "v1.8.9 (nf_tables)".
 * @throws the errors of CommandRunner.run()
 */
export function readIptablesVersion(backend: Backend, commands: CommandRunner): string | null {
  const said = commands.run(IPTABLES_COMMANDS[backend].ipv4.restore, ['--version']);
  return /v\d.*$/m.exec(said)?.[0] ?? null;
}
