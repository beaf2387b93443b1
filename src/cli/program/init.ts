import { type Command, Option } from 'commander';
import type { InitCommandOptions } from '../commands/insight/init.js';
import { toHelpText } from './help-text.js';
import { collectFiles } from './run-options.js';

const EXAMPLES = `
Examples:
  $ loopfw init first                              scenarios/first.json: a commented scenario that passes
  $ loopfw init --ruleset rules.v4                 rules.v4.json: truth tables of what the rules do
  $ sudo iptables-save | loopfw init --ruleset - server

With rules, the scenario has the interfaces that they name, and the answers that the kernel gave: read them, change those that should be
otherwise, and run the file whenever the rules change. No file is overwritten.`;

export function addInitCommand(program: Command, setExitCode: (code: number) => void): void {
  program
    .command('init')
    .description('write a first scenario, or one for your rules')
    .argument('[name]', 'a name, for a file in the folder scenarios; or a path')
    .addOption(
      new Option('--ruleset <file>', 'the rules, as in loopfw run (-: standard input); repeatable: all of them judge a packet').argParser(
        collectFiles,
      ),
    )
    .addHelpText('after', toHelpText(EXAMPLES))
    .action(async (name: string | undefined, options: InitCommandOptions) => {
      const { initCommand } = await import('../commands/insight/init.js');
      setExitCode(await initCommand(name, options));
    });
}
