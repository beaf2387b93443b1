import type { Result, ScenarioResult, Status, Summary } from '../../model/result.js';
import { getCoverage } from '../shared/coverage.js';
import { nameScenario } from '../shared/labels.js';
import { type Screen, spread, wrap } from '../shared/layout.js';
import { countWarnings } from './remarks.js';

const DETAIL = '  ';
/** How many scenarios --verbose names as the slowest. */
const SLOWEST = 3;

interface Options {
  isVerbose: boolean;
  isQuiet: boolean;
  /** Whether the warnings have been shown. */
  hasWarnings: boolean;
  countsWarnings: boolean;
  /** Whether the rules that no packet reached have been listed. */
  listsCoverage: boolean;
  /** The command that runs again what did not pass; null if there is none. */
  again: string | null;
}

/** The last lines: how many passed and did not, what was reached of the rules, and the command that runs again what did not pass. */
export function showRecap(result: Result, options: Options, screen: Screen): string {
  const { paint } = screen;
  const { again, isVerbose, isQuiet, hasWarnings, listsCoverage } = options;
  const all = result.scenarios.flatMap(({ warnings }) => warnings);
  return [
    showCounts(result, options.countsWarnings, screen),
    ...(result.aborted ? [`${DETAIL}${paint.warn('aborted: what had not finished is left out')}`] : []),
    ...(isQuiet || hasWarnings || all.length === 0 ? [] : [wrap(`warnings: ${countWarnings(all)}; --verbose shows them`, DETAIL, screen)]),
    ...(isVerbose ? showSlowest(result.scenarios, screen) : []),
    ...(isQuiet ? [] : showCoverage(result, listsCoverage, screen)),
    // Not wrapped: users copy the command.
    ...(again === null ? [] : [`${DETAIL}${paint.bold('again:')} ${again}`]),
  ].join('\n');
}

/** `✖ 1 failed, 571 passed`, and at the right edge `62 scenarios, 572 probes, 4.20 s`. */
function showCounts(result: Result, countsWarnings: boolean, screen: Screen): string {
  const { paint } = screen;
  const { summary } = result;
  const parts = [
    ...showCount(summary, 'failed', paint.fail),
    ...showCount(summary, 'inconclusive', paint.warn),
    ...(summary.errors === 0 ? [] : [paint.status('error', count(summary.errors, 'error'))]),
    ...showFailedCounters(result, screen),
    `${toText(summary.passed)} passed`,
    ...showWarningCount(summary, countsWarnings, screen),
  ];
  const right = [count(summary.scenarios, 'scenario'), count(summary.probes, 'probe'), `${(summary.durationMs / 1000).toFixed(2)} s`];
  return spread(`${paint.mark(getStatus(result, countsWarnings))} ${parts.join(', ')}`, right.join(', '), screen, (text) => text);
}

function getStatus({ summary, scenarios, aborted }: Result, countsWarnings: boolean): Status {
  if (summary.errors > 0) {
    return 'error';
  }
  const hasFailed = summary.failed > 0 || scenarios.some(({ status }) => status === 'failed') || (countsWarnings && summary.warnings > 0);
  return hasFailed ? 'failed' : summary.inconclusive > 0 || aborted ? 'inconclusive' : 'passed';
}

function showCount(summary: Summary, key: 'failed' | 'inconclusive', style: (text: string) => string): string[] {
  return summary[key] === 0 ? [] : [style(`${toText(summary[key])} ${key}`)];
}

/** The other counts are of probes, but a counter alone can make a run fail. */
function showFailedCounters({ scenarios }: Result, { paint }: Screen): string[] {
  const failed = scenarios.flatMap(({ counters }) => counters).filter(({ status }) => status === 'failed').length;
  return failed === 0 ? [] : [paint.fail(`${count(failed, 'counter')} failed`)];
}

function showWarningCount({ warnings }: Summary, countsWarnings: boolean, { paint }: Screen): string[] {
  const text = count(warnings, 'warning');
  return warnings === 0 ? [] : [countsWarnings ? paint.fail(`${text} (a failure with --strict)`) : paint.warn(text)];
}

function showSlowest(scenarios: ScenarioResult[], screen: Screen): string[] {
  const slowest = scenarios.toSorted((one, other) => other.durationMs - one.durationMs).slice(0, SLOWEST);
  const names = slowest.map((scenario) => `${nameScenario(scenario)} (${(scenario.durationMs / 1000).toFixed(2)} s)`);
  return scenarios.length <= SLOWEST ? [] : [wrap(`slowest: ${names.join(', ')}`, DETAIL, screen)];
}

/** `rules: 488 of 1,016 reached (48 %); --coverage lists the other 528`. Nothing if all were reached. */
function showCoverage(result: Result, isListed: boolean, screen: Screen): string[] {
  const { counted, reached } = getCoverage(result);
  const missed = counted - reached;
  const rest = isListed ? '' : `; --coverage lists the other ${missed === 1 ? 'one' : toText(missed)}`;
  const line = `rules: ${toText(reached)} of ${toText(counted)} reached (${Math.floor((100 * reached) / counted)} %)${rest}`;
  return reached === counted ? [] : [wrap(line, DETAIL, screen)];
}

/** `1 probe`, `1,016 probes`. */
export function count(number: number, noun: string): string {
  return `${toText(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A number with commas: `1,016`. Intl would take some milliseconds of each run. */
function toText(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
