import type { ProbeResult, Result } from '../../model/result.js';
import type { ExerciseScenario } from '../../model/scenario.js';
import { countNoun } from '../../words/phrases.js';
import { makeHarmless } from '../../words/harmless.js';
import { quote } from '../human/again.js';
import { listStories } from '../human/causes.js';
import { showError } from '../human/remarks.js';
import { makeTeller } from '../human/story.js';
import { showTable } from '../human/table.js';
import { makeResultHarmless } from '../shared/harmless.js';
import { type Screen, spread, wrap } from '../shared/layout.js';
import type { ReportOptions } from '../shared/reporter.js';
import { makeScreen, showCommands, showParagraphs } from './task.js';

/** More stories at once are too much to read: the first mistake often makes the others. */
const MOST_STORIES = 2;

/** What a student's rules are marked with. */
export interface Marking {
  name: string;
  /** What names the exercise on a command line. */
  typed: string;
  scenario: ExerciseScenario;
  /** The name of the student's file, as it was typed. */
  file: string;
  /** Whether all mistakes are explained, with every packet. */
  isVerbose: boolean;
  /** How many hints the student has asked for. */
  hints: number;
  /** The exercise after this one; null for the last one. */
  next: string | null;
}

/** How many probes ended as the exercise says. */
function countRight({ scenarios }: Result): { right: number; all: number } {
  const probes = scenarios.flatMap((scenario) => scenario.probes);
  return { right: probes.filter(({ status }) => status === 'passed').length, all: probes.length };
}

/**
 * The marks: how many probes are right, all of them in columns, why the first wrong ones are wrong, and how to go on. Advice and warnings are
 * left out: they name the rule to write.
 */
export function showMarks(foreign: Result, marking: Marking, look: Pick<ReportOptions, 'color' | 'columns'>): string {
  const screen = makeScreen(look);
  const result = withoutAdvice(makeResultHarmless(foreign));
  const { right, all } = countRight(result);
  const { paint } = screen;
  const isRight = result.scenarios.length > 0 && result.scenarios.every(({ status }) => status === 'passed');
  const stories = listStories(result).filter(({ kind }) => kind === 'probe');
  const teller = makeTeller({ isVerbose: marking.isVerbose, hasContext: true, hasPlaces: false }, screen);
  const told = marking.isVerbose ? stories : stories.slice(0, MOST_STORIES);
  const left = stories.length - told.length;
  const parts = [
    [spread(`${paint.mark(isRight ? 'passed' : 'failed')} ${paint.bold(`${right} of ${all} right`)}`, makeHarmless(marking.name), screen)],
    ...result.scenarios.map((scenario) => [
      ...(result.scenarios.length > 1 ? [paint.bold(scenario.backend)] : []),
      ...(scenario.error === null ? showTable(scenario, marking.isVerbose, screen) : showError(scenario.error.message, '  ', screen)),
    ]),
    ...told.map((story) => [teller(story)]),
    ...(left > 0
      ? [[wrap(`and ${countNoun(left, 'other mistake')}: correct the first ones, or let --verbose explain all`, '', screen)]]
      : []),
    isRight ? showLesson(marking, screen) : showWayOn(marking, screen),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function showLesson({ scenario, next }: Marking, screen: Screen): string[] {
  return [
    screen.paint.bold('what this shows'),
    ...showParagraphs(scenario.exercise.lesson, '  ', screen),
    ...(next === null ? [] : ['', ...showCommands([[`loopfw exercise ${next}`, 'is the next one']], screen)]),
  ];
}

function showWayOn({ typed, file, scenario, hints }: Marking, screen: Screen): string[] {
  const again = ['loopfw exercise', ...[typed, '--rules', file].map(quote)].join(' ');
  const isLast = hints >= scenario.exercise.hints.length;
  return showCommands(
    [
      [again, 'again, after you have changed the rules'],
      ...(isLast ? [] : [[`${again} --hint ${hints + 1}`, `with ${hints === 0 ? 'a hint' : 'the next hint'}`] as const]),
    ],
    screen,
  );
}

function withoutAdvice(result: Result): Result {
  const leaveOut = (probe: ProbeResult): ProbeResult => ({ ...probe, advice: null, adviceTrial: null });
  return { ...result, scenarios: result.scenarios.map((scenario) => ({ ...scenario, probes: scenario.probes.map(leaveOut) })) };
}
