import { findExercise, listExercises } from '../../../input/exercises/find.js';
import { loadExercise, type LoadedExercise } from '../../../input/exercises/load.js';
import { UsageError } from '../../../model/errors.js';
import { quote } from '../../../report/human/again.js';
import { printStart, showExercises, showHints, showTask } from '../../../report/teaching/task.js';
import { makeHarmless } from '../../../words/harmless.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { writeNew } from '../../output/new-file.js';
import { assertOutputOpen } from '../../output/standard-output.js';
import { getOutputColumns } from '../../output/terminal.js';
import { collectSubmissions } from './collection.js';
import { markRules } from './marks.js';

/** The values of the options in program/teaching.ts. */
export interface ExerciseCommandOptions {
  rules?: string;
  hint?: number;
  verbose?: boolean;
  start?: string;
  submit?: string;
  student?: string;
  collect?: string[];
}

/** `loopfw exercise`: lists exercises, shows one, marks a student's rules, or collects those of many students. Returns the exit code. */
export async function exerciseCommand(named: string | undefined, options: ExerciseCommandOptions, hasColors: boolean): Promise<number> {
  assertOutputOpen();
  assertFitting(named, options);
  const look = { color: hasColors, columns: getOutputColumns() };
  if (options.collect !== undefined) {
    return await collectSubmissions(named === undefined ? null : await loadExercise(await findExercise(named)), options.collect, look);
  }
  if (named === undefined) {
    const exercises = await Promise.all((await listExercises()).map(loadExercise));
    process.stdout.write(showExercises(exercises, look));
    return EXIT_CODES.passed;
  }
  const exercise = await loadExercise(await findExercise(named));
  const hints = countHints(exercise, options.hint);
  if (options.rules !== undefined) {
    return await markRules(exercise, { ...options, rules: options.rules, hints }, look);
  }
  if (options.start !== undefined) {
    await writeNew(options.start, printStart(exercise.name, exercise.typed, exercise.scenario));
    const next = ['loopfw exercise', ...[exercise.typed, '--rules', options.start].map(quote)].join(' ');
    const lines = [`${options.start}: the rules at the beginning; change them, and run them`, next];
    process.stdout.write(lines.map((line) => `${makeHarmless(line)}\n`).join(''));
    return EXIT_CODES.passed;
  }
  process.stdout.write(
    hints > 0 ? showHints(exercise.scenario, hints, look) : showTask(exercise.name, exercise.typed, exercise.scenario, look),
  );
  return EXIT_CODES.passed;
}

/** @throws UsageError for options that say nothing together */
function assertFitting(named: string | undefined, { rules, hint, start, submit, student, collect }: ExerciseCommandOptions): void {
  const given = Object.entries({ rules, hint, start, submit, student, collect }).filter(([, value]) => value !== undefined);
  const names = given.map(([name]) => `--${name}`);
  if (collect !== undefined && names.length > 1) {
    throw new UsageError(
      `--collect runs what students have submitted: leave out ${names.filter((name) => name !== '--collect').join(', ')}`,
    );
  }
  if (named === undefined && collect === undefined && names.length > 0) {
    throw new UsageError(`${names[0] ?? ''} needs the name of an exercise: loopfw exercise NAME; loopfw exercise lists them`);
  }
  if (start !== undefined && names.length > 1) {
    throw new UsageError('--start only writes the rules at the beginning to a file: run them in a second command');
  }
  if (submit !== undefined && rules === undefined) {
    throw new UsageError('--submit needs the rules: loopfw exercise NAME --rules my.rules --submit my.json');
  }
  if (student !== undefined && submit === undefined) {
    throw new UsageError('--student needs --submit: it is the name in the submission');
  }
}

/** How many hints are asked for. @throws UsageError if there are fewer */
function countHints({ name, scenario }: LoadedExercise, asked: number | undefined): number {
  const { length } = scenario.exercise.hints;
  if (asked !== undefined && asked > length) {
    throw new UsageError(makeHarmless(`${name} has ${length === 0 ? 'no hints' : `only ${length} hint${length === 1 ? '' : 's'}`}`));
  }
  return asked ?? 0;
}
