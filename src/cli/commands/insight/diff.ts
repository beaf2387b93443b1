import { DIFF_REPORTERS, type DiffReporterName } from '../../../report/insight/reporters.js';
import { diffRuleSets } from '../../../run/insight/diff/diff.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { assertWritable, parseRequests, type ReporterRequest, writeTexts } from '../../output/reports.js';
import { workUntilSignal } from '../signals.js';
import { type ComparedOptions, readDiffRequest } from './diff-request.js';

export interface DiffCommandOptions extends ComparedOptions {
  reporter?: string[];
}

/** `loopfw diff`: which packets two rule sets treat otherwise. Returns the exit code: 0 nothing has changed, 1 something has. */
export async function diffCommand(paths: string[], options: DiffCommandOptions, hasColors: boolean): Promise<number> {
  const requests = parseReporters(options.reporter ?? [], process.env);
  await assertWritable(requests);
  const request = await readDiffRequest(paths, options);
  const ended = await workUntilSignal((signal) => diffRuleSets(request, { countsRules: options.rules ?? false, signal }));
  if ('exitCode' in ended) {
    return ended.exitCode;
  }
  await writeTexts(requests, hasColors, (name, look) => DIFF_REPORTERS[name](ended.done, look));
  return ended.done.changes.length > 0 ? EXIT_CODES.failed : EXIT_CODES.passed;
}

/** In GitHub Actions, annotations come beside the report for people. */
function parseReporters(values: string[], { GITHUB_ACTIONS }: NodeJS.ProcessEnv): ReporterRequest<DiffReporterName>[] {
  const usual = GITHUB_ACTIONS === 'true' ? ['human', 'github'] : ['human'];
  return parseRequests(values.length === 0 ? usual : values, Object.keys(DIFF_REPORTERS) as DiffReporterName[], []);
}
