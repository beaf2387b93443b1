import type { ProbeResult } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';
import { listWords } from '../../words/phrases.js';
import { measure, pad, type Screen, wrap } from '../shared/layout.js';
import type { ReportOptions } from '../shared/reporter.js';
import { makeScreen } from './task.js';

/** A submission, run again. */
export interface Marked {
  file: string;
  exercise: string;
  student: string;
  outcome:
    | { kind: 'ran'; probes: ProbeResult[] }
    /** The rules could not be run. */
    | { kind: 'refused'; problem: string };
  /** Keys of the file that were not read. */
  ignored: string[];
}

/** A file that is no submission. */
export interface Unread {
  file: string;
  problem: string;
}

const INDENT = '  ';
const GAP = '  ';
/** A name with more columns is cut. */
const LONGEST = 24;
/** More wrong probes are only counted. */
const MOST_WRONG = 2;
/** What a cell needs besides the other columns. */
const LEAST = 30;

/** Whether all probes of a submission ended as the exercise says. */
export function isRight({ outcome }: Marked): boolean {
  return outcome.kind === 'ran' && outcome.probes.length > 0 && outcome.probes.every(({ status }) => status === 'passed');
}

/** The teacher's table: for each exercise a line for each student, and what is wrong with it. */
export function showCollection(marked: Marked[], unread: Unread[], look: Pick<ReportOptions, 'color' | 'columns'>): string {
  const screen = makeScreen(look);
  const { paint } = screen;
  const sorted = marked.toSorted((one, other) => compare(one.exercise, other.exercise) || compare(one.student, other.student));
  const exercises = [...new Set(sorted.map(({ exercise }) => exercise))];
  const width = Math.max(0, ...sorted.map(({ student }) => measure(cut(student))));
  const tables = exercises.map((exercise) => {
    const own = sorted.filter((each) => each.exercise === exercise);
    const title = `${paint.bold(makeHarmless(exercise))}${GAP}${own.filter(isRight).length} of ${own.length} all right`;
    return [title, ...own.map((each) => showRow(each, width, screen))].join('\n');
  });
  const problems = unread.map(({ file, problem }) => wrap(makeHarmless(`${file}: ${problem}`), `${paint.mark('error')} `, screen, INDENT));
  return `${[...tables, ...(problems.length === 0 ? [] : [problems.join('\n')])].join('\n\n')}\n`;
}

function showRow(marked: Marked, width: number, screen: Screen): string {
  const { file, student, outcome, ignored } = marked;
  const status = isRight(marked) ? 'passed' : outcome.kind === 'ran' ? 'failed' : 'error';
  const before = `${INDENT}${screen.paint.mark(status)} ${pad(cut(student), width)}${GAP}${showCount(marked)}${GAP}`;
  const start = measure(before);
  const texts = [
    ...describeWrong(marked),
    ...(ignored.length === 0
      ? []
      : [
          `not read of ${file}: ${listWords(
            ignored.map((key) => `"${cut(key)}"`),
            'and',
          )}`,
        ]),
  ].map(makeHarmless);
  const { columns } = screen;
  const isBeside = columns === null || columns - start >= LEAST;
  const hanging = isBeside ? ' '.repeat(start) : `${INDENT}${INDENT}`;
  const cells = texts.flatMap((text) => wrap(text, hanging, screen).split('\n'));
  return isBeside ? `${before}${cells.join('\n').trimStart()}`.trimEnd() : [before.trimEnd(), ...cells].join('\n');
}

function showCount({ outcome }: Marked): string {
  const all = outcome.kind === 'ran' ? outcome.probes : [];
  const text = outcome.kind === 'ran' ? `${all.filter(({ status }) => status === 'passed').length} of ${all.length}` : 'not run';
  return text.padEnd('10 of 10'.length);
}

function describeWrong({ file, outcome }: Marked): string[] {
  if (outcome.kind === 'refused') {
    return [`${file}: ${outcome.problem}`];
  }
  const wrong = outcome.probes.filter(({ status }) => status !== 'passed');
  const shown = wrong.slice(0, MOST_WRONG).map(({ name, phase, headline }) => `${phase === null ? '' : `${phase} › `}${name}: ${headline}`);
  return wrong.length > shown.length ? [...shown, `and ${wrong.length - shown.length} more`] : shown;
}

function cut(text: string): string {
  const plain = makeHarmless(text);
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
