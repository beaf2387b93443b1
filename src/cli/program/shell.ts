import { type Command, Option } from 'commander';
import { FAULT_FORM } from '../../run/world/faults/kinds.js';
import type { ShellCommandOptions } from '../commands/exec/shell.js';
import { toHelpText } from './help-text.js';
import { RULE_OPTION } from './probe.js';
import { ALLOW_COMMANDS_OPTION, BACKEND_OPTION, collect } from './run-options.js';

const MORE = `
Examples:
  $ loopfw shell
  $ loopfw shell scenarios/reject.json
  $ loopfw shell --rule '-A INPUT -p tcp --dport 8000 -j REJECT'
  $ loopfw shell --fault refused=127.0.0.2:5432
  $ echo 'iptables -A INPUT -j DROP; loopfw probe 127.0.0.1 127.0.0.2:80' | loopfw shell

The shell is $SHELL (bash, zsh, fish, sh), with your files, your user id and your history. Without SCENARIO its world has only lo. It may change
the rules, addresses and routes of its world, without sudo: iptables, nft, ip and tcpdump work as usual. Nothing of your own network changes,
and it cannot be reached. The world ends with the shell, whose exit code is that of loopfw.

loopfw probe, rules, fault, heal, journeys and trace are about this world. They see rules that were added by hand. docs/shell.md is a first lesson.`;

export function addShellCommand(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('shell')
    .description('start a shell in a world, whose rules and network you may change')
    .argument('[scenario...]', 'a file whose servers, interfaces and first rules are the world of the shell')
    .addOption(new Option('--fault <kind=target>', `a fault: ${FAULT_FORM}, as in loopfw exec; repeatable`).argParser(collect))
    .addOption(RULE_OPTION())
    .addOption(BACKEND_OPTION("nft or legacy: instead of the scenario's own; of several, the first"))
    .addOption(ALLOW_COMMANDS_OPTION())
    .addHelpText('after', toHelpText(MORE))
    .action(async (scenarios: string[], options: ShellCommandOptions) => {
      const { shellCommand } = await import('../commands/exec/shell.js');
      setExitCode(await shellCommand(scenarios, options, hasColors()));
    });
}
