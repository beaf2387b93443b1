import { userInfo } from 'node:os';
import { listExercises } from '../../../input/exercises/find.js';
import type { LoadedExercise } from '../../../input/exercises/load.js';
import { printSubmission } from '../../../input/exercises/submission.js';
import { getShownName } from '../../../input/files/read.js';
import { readRuleset } from '../../../input/files/rulesets.js';
import { SpecError, UsageError } from '../../../model/errors.js';
import { showMarks } from '../../../report/teaching/marks.js';
import { showHints } from '../../../report/teaching/task.js';
import { runSuite } from '../../../run/run-suite.js';
import { makeHarmless } from '../../../words/harmless.js';
import { getExitCode } from '../../output/exit-codes.js';
import { writeNew } from '../../output/new-file.js';
import { catchSignals } from '../signals.js';

interface Asked {
  /** The file of the student's rules. */
  rules: string;
  hints: number;
  verbose?: boolean;
  submit?: string;
  student?: string;
}

interface Look {
  color: boolean;
  columns: number | undefined;
}

/** Runs a student's rules against the probes of an exercise, and says what is right. Returns the exit code. */
export async function markRules(
  exercise: LoadedExercise,
  { rules, hints, verbose = false, submit, student }: Asked,
  look: Look,
): Promise<number> {
  const path = getShownName(rules);
  const content = await readRuleset(rules);
  const filled = exercise.withRules({ path, content });
  if ('diagnostics' in filled) {
    throw new SpecError(filled.diagnostics, 'the rules');
  }
  const { scenario } = filled;
  const submission =
    submit === undefined || 'problem' in content
      ? null
      : { exercise: exercise.name, student: student ?? getLoginName(), rules: content.text.trimEnd().split(/\r?\n/) };
  const signals = catchSignals();
  const result = await runSuite([scenario], { tryAdvice: false, signal: signals.aborted }).finally(() => signals.release());
  if (result.aborted) {
    process.stderr.write('loopfw: aborted\n');
    return signals.getExitCode();
  }
  if (submit !== undefined && submission !== null) {
    await writeNew(submit, printSubmission(submission));
  }
  const next = await findNext(exercise);
  process.stdout.write(showMarks(result, { ...exercise, scenario, file: rules, isVerbose: verbose, hints, next }, look));
  if (hints > 0) {
    process.stdout.write(`\n${showHints(scenario, hints, look)}`);
  }
  if (submit !== undefined) {
    process.stdout.write(`\n${makeHarmless(`${submit}: your rules, for the teacher`)}\n`);
  }
  return getExitCode(result, false);
}

/** @throws UsageError for a user without a name */
function getLoginName(): string {
  try {
    return userInfo().username;
  } catch {
    throw new UsageError('your user has no login name: give --student NAME');
  }
}

/** The exercise after one of the package. */
async function findNext({ name, path }: LoadedExercise): Promise<string | null> {
  const all = await listExercises();
  const place = all.findIndex((each) => each.name === name && each.path === path);
  return place < 0 ? null : (all[place + 1]?.name ?? null);
}
