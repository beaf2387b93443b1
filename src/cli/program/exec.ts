import { type Command, Option } from 'commander';
import { FAULT_HELP } from '../../run/faults/kinds.js';
import type { ExecCommandOptions } from '../commands/exec.js';
import { toHelpText } from './help-text.js';

const EXAMPLES = `
Examples:
  $ loopfw exec --fault refused=127.0.0.2:5432 -- npm test
  $ loopfw exec --fault refused=127.0.0.2:8000 -- curl -sS http://127.0.0.2:8000/

The program runs in a network of its own, which has only lo: servers that it needs, it must start itself. The exit code is the
program's, 128+n where signal n ended it, 127 where it was not found.`;

export function addExecCommand(program: Command, setExitCode: (code: number) => void): void {
  program
    .command('exec')
    .description('run a program in a world where some connections fail')
    .argument('<command...>', 'the program and its arguments, behind --')
    .addOption(
      new Option('--fault <kind=address:port>', `${FAULT_HELP}; repeatable`)
        .argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value])
        .makeOptionMandatory(),
    )
    .passThroughOptions()
    .addHelpText('after', toHelpText(EXAMPLES))
    .action(async (command: string[], options: ExecCommandOptions) => {
      const { execCommand } = await import('../commands/exec.js');
      setExitCode(await execCommand(command, options));
    });
}
