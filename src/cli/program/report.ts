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
  $ loopfw run -r json=result.json scenarios
  $ loopfw report result.json
  $ loopfw report result.json -r junit=junit.xml -r markdown=summary.md
  $ loopfw run -r json scenarios | loopfw report - -r ctrf

Nothing runs. The exit code is that of the run; if the run was aborted, it is 1 or more.`;

export function addReportCommand(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('report')
    .description('make other reports of a result document, as run -r json and merge -r json write it')
    .argument('<file>', 'a result document, or - for standard input')
    .addOption(REPORTER_OPTION())
    .addOption(COVERAGE_OPTION())
    .addOption(MIN_COVERAGE_OPTION())
    .addOption(COVERAGE_FILE_OPTION())
    .addOption(STRICT_OPTION())
    .addOption(VERBOSE_OPTION())
    .addOption(QUIET_OPTION())
    .addHelpText('after', toHelpText(EXAMPLES))
    .action(async (file: string, options: MergeCommandOptions) => {
      // The report of one result is that of a merge with a single part.
      const { mergeCommand } = await import('../commands/merge.js');
      setExitCode(await mergeCommand([file], options, hasColors()));
    });
}
