import { listExercises } from '../../../input/exercises/find.js';
import { loadExercise, type LoadedExercise } from '../../../input/exercises/load.js';
import { readSubmission, type Submission } from '../../../input/exercises/submission.js';
import { EnvironmentError } from '../../../model/errors.js';
import type { ExerciseScenario } from '../../../model/scenario.js';
import { isRight, type Marked, showCollection, type Unread } from '../../../report/teaching/collection.js';
import { runSuite } from '../../../run/run-suite.js';
import { assertRulesApplicable, listRuns } from '../../../run/runs.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { startProgress } from '../../output/progress.js';
import { catchSignals } from '../signals.js';

interface Look {
  color: boolean;
  columns: number | undefined;
}

interface Collected {
  file: string;
  submission: Submission;
  ignored: string[];
  /** With the student's rules, or the reason why they cannot be run. */
  filled: { scenario: ExerciseScenario } | { problem: string };
}

/**
 * Runs the rules of all submissions again, and prints the teacher's table. Of a submission only the name of the exercise, the name of the
 * student and the rules are read. Returns the exit code.
 *
 * @param own the teacher's own exercise, for submissions with its name; null: exercises of the package
 */
export async function collectSubmissions(own: LoadedExercise | null, paths: string[], look: Look): Promise<number> {
  const exercises = new Map(
    (own === null ? await Promise.all((await listExercises()).map(loadExercise)) : [own]).map((each) => [each.name, each]),
  );
  const collected: Collected[] = [];
  const unread: Unread[] = [];
  for (const file of new Set(paths)) {
    const read = await readSubmission(file);
    const exercise = 'problem' in read ? undefined : exercises.get(read.submission.exercise);
    if ('problem' in read) {
      unread.push({ file, problem: read.problem });
    } else if (exercise === undefined) {
      const { exercise: name } = read.submission;
      const problem =
        own === null
          ? `the package has no exercise "${name}": of an exercise of your own, name the file, as in loopfw exercise ${name}.json --collect`
          : `it is for the exercise "${name}", and this is ${own.name}`;
      unread.push({ file, problem });
    } else {
      collected.push({ file, ...read, filled: fill(exercise, file, read.submission) });
    }
  }
  const scenarios = collected.flatMap(({ filled }) => ('scenario' in filled ? [filled.scenario] : []));
  const signals = catchSignals();
  const progress = startProgress();
  progress.expect(scenarios.length);
  const result = await runSuite(scenarios, {
    tryAdvice: false,
    signal: signals.aborted,
    onScenario: (done) => progress.count(done),
  }).finally(() => {
    progress.stop();
    signals.release();
  });
  if (result.aborted) {
    process.stderr.write('loopfw: aborted\n');
    return signals.getExitCode();
  }
  const marked = collected.map(({ file, submission: { exercise, student }, ignored, filled }): Marked => {
    const runs = result.scenarios.filter((scenario) => scenario.file === file);
    const problem = 'problem' in filled ? filled.problem : (runs.find(({ error }) => error !== null)?.error?.message ?? null);
    return {
      ...{ file, exercise, student, ignored },
      outcome: problem === null ? { kind: 'ran', probes: runs.flatMap(({ probes }) => probes) } : { kind: 'refused', problem },
    };
  });
  process.stdout.write(showCollection(marked, unread, look));
  return unread.length === 0 && marked.every(isRight) ? EXIT_CODES.passed : EXIT_CODES.failed;
}

/** The exercise with the student's rules. Its file is that of the submission, by which the results are told apart. */
function fill(exercise: LoadedExercise, file: string, { rules }: Submission): Collected['filled'] {
  const filled = exercise.withRules({ path: 'rules', content: { text: `${rules.join('\n')}\n` } });
  if ('scenario' in filled) {
    const problem = getApplyProblem(filled.scenario);
    return problem === null ? { scenario: { ...filled.scenario, file } } : { problem };
  }
  const [first] = filled.diagnostics;
  return { problem: first === undefined ? 'the rules cannot be read' : `line ${first.line} of the rules: ${first.message}` };
}

/** Rules of a back end that this machine does not have must not end the run of all others. */
function getApplyProblem(scenario: ExerciseScenario): string | null {
  try {
    assertRulesApplicable(listRuns([scenario], undefined));
    return null;
  } catch (error) {
    if (!(error instanceof EnvironmentError)) {
      throw error;
    }
    return error.message;
  }
}
