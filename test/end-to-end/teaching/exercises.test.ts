// The exercises of the package: no start passes, each solution does, and wrong answers get the sentence that helps.
import { readdirSync, readFileSync } from 'node:fs';
import { runSuite } from 'loopfw';
import t from 'tap';
import { listExercises } from '../../../src/input/exercises/find.js';
import { loadExercise } from '../../../src/input/exercises/load.js';
import { showMarks } from '../../../src/report/teaching/marks.js';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';
import { WRONG_ANSWERS } from './wrong-answers.js';

const LEAST_WRONG_ANSWERS = 3;
/** Runs at once: each of them waits more than it works. */
const AT_ONCE = 4;

const EXERCISES = await Promise.all((await listExercises()).map(loadExercise));
const NAMES = EXERCISES.map(({ name }) => name);
/** Several solutions of one exercise differ after a point. */
const SOLUTIONS = readdirSync(`${ROOT}/solutions`).map((file) => ({
  exercise: file.replace(/\..*$/, ''),
  file,
  text: readFileSync(`${ROOT}/solutions/${file}`, 'utf8'),
}));

t.test('there are twelve, with hints, and each has a solution and wrong answers', async (t) => {
  t.equal(NAMES.length, 12);
  t.strictSame([...new Set(SOLUTIONS.map(({ exercise }) => exercise))], NAMES);
  for (const { name, scenario } of EXERCISES) {
    const wrong = WRONG_ANSWERS.filter(({ exercise }) => exercise === name);
    t.ok(wrong.length >= LEAST_WRONG_ANSWERS, `${name}: ${wrong.length} wrong answers`);
    t.ok(scenario.exercise.hints.length >= 2, `${name}: ${scenario.exercise.hints.length} hints`);
  }
});

t.test('loopfw check finds no mistake in them', async (t) => {
  t.match(await loopfw(['check', 'exercises']), { exitCode: 0, stdout: /: 12 files, 12 scenarios, \d+ probes\n$/ });
});

t.test('no start passes, and each exercise names its task', async (t) => {
  const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', 'exercises']));
  t.equal(result.scenarios.length, NAMES.length);
  for (const { file, error, status, probes } of result.scenarios) {
    t.equal(error, null, file);
    t.not(status, 'passed', file);
    t.ok(
      probes.some((probe) => probe.status === 'passed'),
      `${file}: the start is not all wrong`,
    );
  }
});

for (const ordinary of [false, true]) {
  t.test(`each solution passes, and its lesson is told${ordinary ? ', as an ordinary user' : ''}`, async (t) => {
    await inTurns(SOLUTIONS, async ({ exercise, file, text }) => {
      const ended = await loopfw(['exercise', exercise, '--rules', '-'], { ordinary, input: text });
      t.match(ended, { exitCode: 0, stderr: '', stdout: /^✔ (\d+) of \1 right {2}/ }, file);
      t.ok(ended.stdout.includes('what this shows\n'), file);
    });
  });
}

t.test('each solution passes on the legacy back end, too', async (t) => {
  await inTurns(SOLUTIONS, async ({ exercise, file }) => {
    const args = ['run', '--backend', 'legacy', '--ruleset', `solutions/${file}`, `exercises/${exercise}.json`];
    t.match(await loopfw(args), { exitCode: 0, stderr: '' }, file);
  });
});

t.test('the start rules that --start writes are those that fail', async (t) => {
  const folder = t.testdir({});
  for (const { name, scenario } of EXERCISES) {
    const written = await loopfw(['exercise', name, '--start', `${name}.rules`], { cwd: folder });
    t.match(written, { exitCode: 0, stdout: `loopfw exercise ${name} --rules ${name}.rules` });
    const text = readFileSync(`${folder}/${name}.rules`, 'utf8');
    t.strictSame(
      text.split('\n').filter((line) => /^ip6?tables /.test(line)),
      scenario.exercise.start.map((rule) => (rule.startsWith('-') ? `iptables ${rule}` : rule)),
    );
  }
});

t.test('wrong answers get the sentence that helps, and no solution', async (t) => {
  const answers = WRONG_ANSWERS.map((answer) => {
    const exercise = EXERCISES.find(({ name }) => name === answer.exercise)!;
    return { ...answer, exercise, filled: exercise.withRules({ path: 'my.rules', content: { text: answer.rules.join('\n') } }) };
  });
  const scenarios = answers.flatMap(({ filled }) => ('scenario' in filled ? [filled.scenario] : []));
  const whole = await runSuite(scenarios, { tryAdvice: false });
  for (const { exercise, mistake, sentence, filled } of answers) {
    const title = `${exercise.name}: ${mistake}`;
    if ('diagnostics' in filled) {
      t.match(filled.diagnostics, [{ file: 'my.rules' }], title);
      t.ok(filled.diagnostics[0]?.message.includes(sentence), title, { sentence, found: filled.diagnostics });
      continue;
    }
    const result = whole.scenarios[scenarios.indexOf(filled.scenario)]!;
    t.not(result.status, 'passed', title);
    const marking = { ...exercise, scenario: filled.scenario, file: 'my.rules', isVerbose: true, hints: 0, next: null };
    const marks = showMarks({ ...whole, scenarios: [result] }, marking, { color: false });
    t.ok(marks.includes(sentence), title, { sentence, marks });
    // Advice and warnings say which rule to write.
    t.notMatch(marks, /^ *(?:advice|warning)\b/m, title);
  }
});

async function inTurns<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) {
        await work(item);
      }
    }),
  );
}
