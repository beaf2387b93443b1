import type { Diff } from '../../../model/diff.js';
import { reportDiffAsMarkdown } from '../../../report/insight/diff-markdown.js';
import { reportDiff } from '../../../report/insight/diff.js';
import { getColumns } from '../../../report/shared/layout.js';
import { makePaint } from '../../../report/shared/paint.js';
import { diffRuleSets } from '../../../run/insight/diff.js';
import { makeJsonHarmless } from '../../../words/harmless.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { assertOutputOpen } from '../../output/standard-output.js';
import { getOutputColumns } from '../../output/terminal.js';
import { catchSignals } from '../signals.js';
import { type ComparedOptions, readDiffRequest } from './diff-request.js';

export interface DiffCommandOptions extends ComparedOptions {
  reporter: 'human' | 'json' | 'markdown';
}

/** `loopfw diff`: which packets two rule sets treat otherwise. Returns the exit code: 0 nothing has changed, 1 something has. */
export async function diffCommand(paths: string[], options: DiffCommandOptions, hasColors: boolean): Promise<number> {
  assertOutputOpen();
  const request = await readDiffRequest(paths, options);
  const signals = catchSignals();
  const diff = await diffRuleSets(request, { countsRules: options.rules ?? false, signal: signals.aborted }).finally(() =>
    signals.release(),
  );
  process.stdout.write(report(diff, options.reporter, hasColors));
  return Math.max(diff.changes.length > 0 ? EXIT_CODES.failed : EXIT_CODES.passed, signals.getExitCode());
}

function report(diff: Diff, reporter: DiffCommandOptions['reporter'], hasColors: boolean): string {
  switch (reporter) {
    case 'human':
      return reportDiff(diff, { paint: makePaint(hasColors), columns: getColumns(getOutputColumns()) });
    case 'json':
      return `${makeJsonHarmless(JSON.stringify(diff, null, 2))}\n`;
    case 'markdown':
      return reportDiffAsMarkdown(diff);
  }
}
