import type { Result } from '../../model/result.js';
import { reportProbe } from '../human/probe.js';
import type { ReportOptions } from '../shared/reporter.js';
import { wrap } from '../shared/layout.js';
import { makeScreen, showCommands } from './task.js';

/** What a step says before and after its probe has run. */
export interface TourStep {
  title: string;
  before: string;
  /** Arguments of iptables. */
  rules: string[];
  after: string;
}

type Look = Pick<ReportOptions, 'color' | 'columns'>;

const INDENT = '  ';

/** A step: what is tried, what the client saw and why, and what that means. */
export function showStep({ title, before, rules, after }: TourStep, place: number, all: number, result: Result, look: Look): string {
  const screen = makeScreen(look);
  const { bold } = screen.paint;
  return [
    bold(`${place} of ${all}: ${title}`),
    '',
    wrap(before, '', screen),
    ...(rules.length === 0 ? [] : ['', ...rules.map((rule) => `${INDENT}iptables ${rule}`)]),
    '',
    reportProbe(withoutAdvice(result), look),
    wrap(after, '', screen),
    '',
  ].join('\n');
}

/** The last step: what a reader can do next. */
export function showWays(place: number, look: Look): string {
  const screen = makeScreen(look);
  return [
    screen.paint.bold(`${place} of ${place}: How to go on`),
    '',
    ...showCommands(
      [
        ['loopfw exercise', 'learn by exercises'],
        ['loopfw init first', 'write a first scenario'],
        ['sudo iptables-save | loopfw init --ruleset - server', 'write one for the rules of this machine'],
        ['loopfw exec --fault refused=:5432 -- npm test', 'test a program whose server refuses it'],
        ['loopfw explain answer-eaten', 'read what a word means'],
      ],
      screen,
    ),
    '',
    wrap('All rules were applied in a network that loopfw made and has thrown away. Your own network was not touched.', '', screen),
    '',
  ].join('\n');
}

/** The next step is the advice. */
function withoutAdvice(result: Result): Result {
  const scenarios = result.scenarios.map((scenario) => ({
    ...scenario,
    probes: scenario.probes.map((probe) => ({ ...probe, advice: null })),
  }));
  return { ...result, scenarios };
}
