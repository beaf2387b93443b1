import { type Command, Option } from 'commander';
import type { MutateCommandOptions } from '../commands/insight/mutate.js';
import { MUTATION_REPORTERS } from '../../report/insight/mutation-reporters.js';
import { toHelpText } from './help-text.js';
import { ALLOW_COMMANDS_OPTION, collect, JOBS_OPTION, makePathArgument, parsePercent } from './run-options.js';

const EXAMPLES = `
Examples:
  $ loopfw mutate scenarios/server.json            which changes of the rules would nobody notice?
  $ loopfw mutate --write scenarios/server.json    add the probes that would notice
  $ loopfw mutate --min-score 80 scenarios         in CI
  $ loopfw mutate -r human -r html=mutants.html scenarios

Each rule is changed in one place: its target is gone or another, a match is gone or negated, a prefix, a port or a list of states is another,
a policy is flipped. Each changed rule set runs in a world of its own, with the probes that its change may touch. A change is noticed if a
probe fails. For each one that is not, loopfw searches a packet that shows the difference, and proves it on the kernel.

Exit codes: 0 done, 1 a score below --min-score, or a scenario that does not pass as it is, 2 usage or scenario error, 3 this machine cannot
run it, 4 internal error, 128+n ended by signal n.`;

export function addMutateCommand(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('mutate')
    .description('change the rules of scenarios one by one, and say which changes no probe notices')
    .addArgument(makePathArgument())
    .addOption(
      new Option(
        '-r, --reporter <name[=file]>',
        `${Object.keys(MUTATION_REPORTERS).join(', ')}: to standard output or a file; repeatable (default: human)`,
      ).argParser(collect),
    )
    .option('--write', 'add the probes that would notice to the scenario files; comments and layout stay')
    .addOption(
      new Option('--min-score <percent>', 'fail when fewer of the changes that a probe can notice are noticed (0-100)')
        .env('LOOPFW_MIN_SCORE')
        .argParser(parsePercent),
    )
    .addOption(new Option('--backend <name>', "nft or legacy: instead of the first of the scenarios' own").choices(['nft', 'legacy']))
    .addOption(JOBS_OPTION('worlds are made'))
    .addOption(ALLOW_COMMANDS_OPTION())
    .addHelpText('after', toHelpText(EXAMPLES))
    .action(async (paths: string[], options: MutateCommandOptions) => {
      const { mutateCommand } = await import('../commands/insight/mutate.js');
      setExitCode(await mutateCommand(paths, options, hasColors()));
    });
}
