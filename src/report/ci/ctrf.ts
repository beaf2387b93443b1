import type { Status } from '../../model/result.js';
import { makeJsonHarmless } from '../../words/harmless.js';
import { makeResultHarmless } from '../shared/harmless.js';
import type { Reporter } from '../shared/reporter.js';
import { listSuites, type Suite, tellStory, type TestCase } from './cases.js';

const STATUSES = { passed: 'passed', failed: 'failed', inconclusive: 'other', error: 'failed' } as const satisfies Record<Status, string>;

/**
 * The report in the Common Test Report Format (https://ctrf.io), for programs that compare and show test results. Its times are whole
 * milliseconds: those of the run are of Unix time.
 */
export const reportCtrf: Reporter = (foreign) => {
  const result = makeResultHarmless(foreign);
  const { loopfw, kernel, node, rootless } = result.environment;
  const suites = listSuites(result);
  const tests = suites.flatMap((suite) => suite.cases.map((testCase) => toTest(testCase, suite)));
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const start = Date.parse(result.startedAt);
  const warnings = suites.flatMap((suite) => suite.warnings);
  const document = {
    reportFormat: 'CTRF',
    specVersion: '1.0.0',
    generatedBy: 'loopfw',
    results: {
      tool: { name: 'loopfw', version: loopfw },
      summary: {
        ...{ tests: tests.length, passed: count('passed'), failed: count('failed'), skipped: 0, pending: 0, other: count('other') },
        ...{ suites: suites.length, start, stop: start + Math.round(result.summary.durationMs) },
      },
      tests,
      environment: { osPlatform: 'linux', osRelease: kernel, extra: { node, rootless } },
      ...(warnings.length === 0 ? {} : { extra: { warnings } }),
    },
  };
  return `${makeJsonHarmless(JSON.stringify(document, null, 2))}\n`;
};

function toTest(testCase: TestCase, suite: Suite) {
  const { name, status, place, elapsedMs, failure } = testCase;
  return {
    name,
    status: STATUSES[status],
    rawStatus: status,
    duration: Math.round(elapsedMs ?? 0),
    suite: [...(suite.file === null ? [] : [suite.file]), suite.name],
    ...(suite.file === null ? {} : { filePath: suite.file }),
    ...(place === null ? {} : { line: place.line }),
    ...(suite.tags.length === 0 ? {} : { tags: suite.tags }),
    ...(failure === null ? {} : { message: failure.headline, trace: tellStory(testCase, suite, '') }),
    ...(failure === null ? {} : { extra: { type: failure.type } }),
  };
}
