import type { Warning } from '../../model/result.js';
import { makeResultHarmless } from '../shared/harmless.js';
import type { Reporter } from '../shared/reporter.js';
import { type Annotation, printAnnotations } from './annotations.js';
import { listSuites, type Suite, type TestCase } from './cases.js';

/**
 * Commands for GitHub Actions: an annotation for all that did not pass. Inconclusive probes are warnings, and so are the warnings of the
 * scenarios, which come last.
 */
export const reportGithub: Reporter = (foreign, { pipeline }) => {
  const suites = listSuites(makeResultHarmless(foreign));
  const annotations = [...suites.flatMap(annotateCases), ...suites.flatMap(({ warnings }) => warnings.map(annotateWarning))];
  return printAnnotations(annotations, pipeline);
};

function annotateCases({ name, file, cases }: Suite): Annotation[] {
  return cases.flatMap((testCase) => annotateCase(testCase, name, file));
}

function annotateCase({ name, status, place, failure }: TestCase, suite: string, file: string | null): Annotation[] {
  if (failure === null) {
    return [];
  }
  const level = status === 'inconclusive' ? 'warning' : 'error';
  return [
    {
      level,
      file,
      place,
      title: `${suite} › ${name}: ${status}${status === 'failed' ? `, ${failure.headline}` : ''}`,
      message: [failure.message, ...failure.remarks].join('\n'),
    },
  ];
}

function annotateWarning({ code, message, file, line, column }: Warning): Annotation {
  return { level: 'warning', file, place: { line, column }, title: code, message };
}
