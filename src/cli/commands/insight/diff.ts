import { getShownName } from '../../../input/files/read.js';
import { readRuleset } from '../../../input/files/rulesets.js';
import { UsageError } from '../../../model/errors.js';
import type { Diff } from '../../../model/diff.js';
import { reportDiffAsMarkdown } from '../../../report/insight/diff-markdown.js';
import { reportDiff } from '../../../report/insight/diff.js';
import { getColumns } from '../../../report/shared/layout.js';
import { makePaint } from '../../../report/shared/paint.js';
import { diffRuleSets } from '../../../run/insight/diff.js';
import { makeJsonHarmless } from '../../../words/harmless.js';
import { quote } from '../../../words/phrases.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { assertOutputOpen } from '../../output/standard-output.js';
import { getOutputColumns } from '../../output/terminal.js';
import { catchSignals } from '../signals.js';

export interface DiffCommandOptions {
  interface?: string[];
  rules?: boolean;
  reporter: 'human' | 'json' | 'markdown';
}

/** `loopfw diff`: which packets two rule sets treat otherwise. Returns the exit code: 0 nothing has changed, 1 something has. */
export async function diffCommand(before: string, after: string, options: DiffCommandOptions, hasColors: boolean): Promise<number> {
  assertOutputOpen();
  const interfaces = readInterfaces(options.interface ?? []);
  const [first, second] = await Promise.all(
    [before, after].map(async (path) => [{ path: getShownName(path), content: await readRuleset(path) }]),
  );
  const signals = catchSignals();
  const diff = await diffRuleSets(
    { before: first ?? [], after: second ?? [] },
    { interfaces, countsRules: options.rules ?? false, signal: signals.aborted },
  ).finally(() => signals.release());
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

/** `eth0=192.0.2.10/24`; the same interface may come again with another address. */
function readInterfaces(texts: string[]): Map<string, string[]> {
  const interfaces = new Map<string, string[]>();
  for (const text of texts) {
    const [, name, address] = /^([^=]+)=([\da-fA-F.:]+\/\d+)$/.exec(text) ?? [];
    if (name === undefined || address === undefined) {
      throw new UsageError(`--interface: expected NAME=ADDRESS/LENGTH, as in eth0=192.0.2.10/24, found ${quote(text)}`);
    }
    interfaces.set(name, [...(interfaces.get(name) ?? []), address]);
  }
  return interfaces;
}
