import type { Command } from 'commander';
import type { MergeCommandOptions } from '../commands/merge.js';
import {
  COVERAGE_FILE_OPTION,
  COVERAGE_OPTION,
  MIN_COVERAGE_OPTION,
  QUIET_OPTION,
  REPORTER_OPTION,
  STRICT_OPTION,
  VERBOSE_OPTION,
} from './run-options.js';
import { toHelpText } from './help-text.js';

const EXAMPLES = `
Examples:
  $ loopfw run --shard 1/2 -r json=1.json scenarios    on one machine
  $ loopfw run --shard 2/2 -r json=2.json scenarios    on another
  $ loopfw merge 1.json 2.json
  $ loopfw merge -r human -r json=all.json --min-coverage 90 1.json 2.json

The exit code is what one run of all would have given; a part that was aborted makes it 1 or more. A part that is not
named is not missed: name each.`;

export function addMergeCommand(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('merge')
    .description('make one report of the parts of a run, as run -r json has written them')
    .argument('<files...>', 'result documents, or - for standard input')
    .addOption(REPORTER_OPTION())
    .addOption(COVERAGE_OPTION())
    .addOption(MIN_COVERAGE_OPTION())
    .addOption(COVERAGE_FILE_OPTION())
    .addOption(STRICT_OPTION())
    .addOption(VERBOSE_OPTION())
    .addOption(QUIET_OPTION())
    .addHelpText('after', toHelpText(EXAMPLES))
    .action(async (files: string[], options: MergeCommandOptions) => {
      const { mergeCommand } = await import('../commands/merge.js');
      setExitCode(await mergeCommand(files, options, hasColors()));
    });
}
