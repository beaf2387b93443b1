import type { Change, ComparedFate, Diff, FileLine } from '../../model/insight/diff.js';
import { type Annotation, printAnnotations } from '../ci/annotations.js';
import { makeAllHarmless } from '../shared/harmless.js';
import type { DiffReporter } from './reporter.js';
import { fold, getWords, toCells, type Words } from './diff.js';

/** Commands for GitHub Actions: an annotation for each row of the table, at the rule that decides now. Access gained is a warning. */
export const reportDiffAsAnnotations: DiffReporter = (foreign, { pipeline }) => {
  const diff = makeAllHarmless(foreign);
  const words = getWords(diff);
  return printAnnotations([...fold(diff.changes).map((change) => annotate(change, diff, words)), ...diff.lost.map(annotateLost)], pipeline);
};

/** A policy has no line: it is shown at the file. */
function annotate(change: Change, diff: Diff, { titles, sides }: Words): Annotation {
  const { rule } = change.after;
  const [from = '', to = '', before = '', after = ''] = toCells(change);
  const say = (side: string, text: string, fate: ComparedFate) => [
    `${side}: ${text}`,
    ...(fate.rule === null ? [] : [`  ${fate.rule.text}`]),
  ];
  return {
    level: change.class === 'access-gained' ? 'warning' : 'notice',
    file: rule?.file ?? diff.after[0] ?? null,
    place: rule?.line ? { line: rule.line, column: 1 } : null,
    title: `${titles[change.class]}: ${from} → ${to}`,
    message: [...say(sides.before, before, change.before), ...say(sides.after, after, change.after)].join('\n'),
  };
}

function annotateLost({ file, line, text }: FileLine): Annotation {
  const place = line === null ? null : { line, column: 1 };
  return { level: 'notice', file, place, title: 'lost in translation?', message: `This rule stands as a comment: ${text}` };
}
