import type { CounterResult, ProbeResult, Result, ScenarioResult, Summary } from '../../model/result.js';
import { countNoun } from '../../words/phrases.js';
import { labelAdvice } from '../shared/advice.js';
import { getCoverage, listUnreached } from '../shared/coverage.js';
import { makeResultHarmless } from '../shared/harmless.js';
import { showJourney } from '../shared/journey.js';
import { getExplainCommand, getRuleSet, nameCounter, showCounted } from '../shared/labels.js';
import { makePaint, type Paint, wrap } from '../shared/paint.js';
import type { Reporter } from '../shared/reporter.js';
import { showCoverage } from './coverage.js';
import { showLoaded } from './loaded.js';
import { showMatrix } from './matrix.js';
import { showNotes } from './notes.js';
import { showOutcome } from './outcome.js';
import { showWarnings } from './warnings.js';
import { showWorld } from './world.js';

const DETAIL = '      ';

/**
 * The report for people at a terminal. It has a line for each probe with the rule that decided it, and a table for each truth table. Probes
 * that did not pass have all details.
 */
export const reportHuman: Reporter = (foreign, { color, isVerbose = false, countsWarnings = false, listsCoverage = false }) => {
  const result = makeResultHarmless(foreign);
  const paint = makePaint(color);
  const blocks = result.scenarios.map((scenario) => showScenario(scenario, isVerbose, paint));
  const coverage = listsCoverage ? showCoverage(result, paint) : [];
  return `${[...blocks, [...coverage, showEnd(result, countsWarnings, paint)].join('\n')].join('\n\n')}\n`;
};

function showScenario(scenario: ScenarioResult, isVerbose: boolean, paint: Paint): string {
  const { name, file, backend, status, durationMs, warnings, error } = scenario;
  const place = paint.dim(`${file} · ${backend} · ${Math.round(durationMs)} ms`);
  const head = [`${paint.mark(status)} ${paint.bold(name)}  ${place}`, ...showWarnings(warnings, '  ', paint)];
  if (error !== null) {
    const lines = error.message.split('\n').map((line) => `  ${paint.fail(line)}`);
    return [...head, ...lines, `  ${paint.bold('more:')} ${getExplainCommand({ status, cause: null })}`].join('\n');
  }
  const phases = [...new Set(scenario.probes.map(({ phase }) => phase))];
  const counters = scenario.counters.map((counter) => showCounter(counter, paint));
  const world = isVerbose ? showWorld(scenario.world, paint) : [];
  return [
    ...head,
    ...showLoaded(scenario.loaded ?? [], paint),
    ...world,
    ...phases.flatMap((phase) => showPhase(phase, scenario, paint)),
    ...counters,
  ].join('\n');
}

/** The cells of a truth table are shown in their table. Cells that did not pass have their details below it. */
function showPhase(phase: string | null, scenario: ScenarioResult, paint: Paint): string[] {
  const probes = scenario.probes.filter((probe) => probe.phase === phase);
  const cells = probes.filter(({ matrix }) => matrix !== null);
  const stories = cells.filter(({ status }) => status !== 'passed');
  return [
    ...(phase === null ? [] : [`  ${paint.bold('phase:')} ${phase}`]),
    ...probes.filter(({ matrix }) => matrix === null).map((probe) => showProbe(probe, scenario, paint)),
    ...showMatrix(cells, '  ', paint),
    ...stories.map((probe) => showProbe(probe, scenario, paint)),
  ];
}

function showProbe(probe: ProbeResult, scenario: ScenarioResult, paint: Paint): string {
  const route = `${probe.from} → ${probe.to}/${probe.protocol}`;
  const title = `${probe.name}  ${paint.dim(route)}`;
  if (probe.status === 'passed') {
    return [`  ${paint.mark('passed')} ${title}  ${showOutcome(probe)}`, ...showNotes(probe.notes, DETAIL, paint)].join('\n');
  }
  const place = `${scenario.file}:${probe.line}:${probe.column}`;
  return [
    `  ${paint.mark(probe.status)} ${title}  ${paint.status(probe.status)}`,
    `${DETAIL}${paint.dim(place)}`,
    wrap(probe.explanation, DETAIL),
    ...showNotes(probe.notes, DETAIL, paint),
    ...showJourney(probe.journey, getRuleSet(scenario, probe.phase), DETAIL, paint),
    ...showLabelled(labelAdvice(probe.adviceTrial), probe.advice, paint),
    ...showLabelled('hint', probe.hint, paint),
    ...showLabelled('more', getExplainCommand(probe), paint),
  ].join('\n');
}

function showCounter(counter: CounterResult, paint: Paint): string {
  const title = `${paint.mark(counter.status)} ${nameCounter(counter)}`;
  return `  ${title}  ${counter.status === 'passed' ? '' : `${paint.status(counter.status)}: `}${showCounted(counter)}`;
}

function showLabelled(label: string, text: string | null, paint: Paint): string[] {
  return text === null ? [] : [wrap(`${paint.bold(`${label}:`)} ${text}`, DETAIL)];
}

function showEnd(result: Result, countsWarnings: boolean, paint: Paint): string {
  const { summary, aborted } = result;
  const parts = [
    `${countNoun(summary.scenarios, 'scenario')}, ${countNoun(summary.probes, 'probe')}: ${summary.passed} passed`,
    ...showCount(summary, 'failed', paint.fail),
    ...showCount(summary, 'inconclusive', paint.warn),
    ...(summary.errors === 0 ? [] : [paint.fail(countNoun(summary.errors, 'error'))]),
    ...showFailedCounters(result, paint),
    ...showWarningCount(summary, countsWarnings, paint),
  ];
  const end = `${parts.join(', ')} ${paint.dim(`(${(summary.durationMs / 1000).toFixed(2)} s)`)}`;
  return [...showUnreached(result, paint), end, ...(aborted ? [paint.warn('aborted: what had not finished is left out')] : [])].join('\n');
}

function showWarningCount({ warnings }: Summary, countsWarnings: boolean, paint: Paint): string[] {
  const count = countNoun(warnings, 'warning');
  return warnings === 0 ? [] : [countsWarnings ? paint.fail(`${count} (a failure with --strict)`) : paint.warn(count)];
}

function showCount(summary: Summary, key: 'failed' | 'inconclusive', color: (text: string) => string): string[] {
  return summary[key] === 0 ? [] : [color(`${summary[key]} ${key}`)];
}

/** The other counts are of probes, but a counter alone can make a run fail. */
function showFailedCounters({ scenarios }: Result, paint: Paint): string[] {
  const failed = scenarios.flatMap(({ counters }) => counters).filter(({ status }) => status === 'failed').length;
  return failed === 0 ? [] : [paint.fail(`${countNoun(failed, 'counter')} failed`)];
}

function showUnreached(result: Result, paint: Paint): string[] {
  const lines = listUnreached(getCoverage(result));
  return lines.length === 0 ? [] : [paint.warn('rules that no probe reached:'), ...lines.map((line) => wrap(line, '  ')), ''];
}
