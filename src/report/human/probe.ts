import type { ProbeResult, Result, RuleResult, ScenarioResult } from '../../model/result.js';
import { labelAdvice } from '../shared/advice.js';
import { makeAllHarmless, makeResultHarmless } from '../shared/harmless.js';
import { showJourney } from '../shared/journey.js';
import { getExplainCommand, getRuleSet } from '../shared/labels.js';
import { getColumns, type Screen, wrap } from '../shared/layout.js';
import { makePaint } from '../shared/paint.js';
import type { ReportOptions } from '../shared/reporter.js';
import { showOutcome } from './outcome.js';
import { showLoaded, showNotes, showWarnings, showWorld } from './remarks.js';

const DETAIL = '  ';

/**
 * The report of one ad-hoc probe: what the client saw, why, and the journey of each packet, for each back end. With isVerbose also what was
 * loaded, and what loopfw added to the world; with isQuiet what the client saw alone.
 */
export function reportProbe(result: Result, { color, columns, isVerbose = false, isQuiet = false }: ReportOptions): string {
  const { scenarios } = makeResultHarmless(result);
  const screen = { paint: makePaint(color), columns: getColumns(columns) };
  return scenarios.map((scenario) => showAnswer(scenario, scenarios.length > 1, { isVerbose, isQuiet }, screen)).join(isQuiet ? '' : '\n');
}

/** The report of a probe in a world that lives on. @param rules the rules of that world */
export function reportAnswer(
  probe: ProbeResult,
  rules: RuleResult[],
  { color, columns, isQuiet = false }: Pick<ReportOptions, 'color' | 'columns' | 'isQuiet'>,
): string {
  const screen = { paint: makePaint(color), columns: getColumns(columns) };
  return `${showProbe(makeAllHarmless(probe), makeAllHarmless(rules), isQuiet, screen).join('\n')}\n`;
}

type Detail = Required<Pick<ReportOptions, 'isVerbose' | 'isQuiet'>>;

function showAnswer(scenario: ScenarioResult, isOneOfMany: boolean, { isVerbose, isQuiet }: Detail, screen: Screen): string {
  const { error, probes, backend, warnings, loaded, world } = scenario;
  const { paint } = screen;
  const head = [
    ...(isOneOfMany ? [paint.bold(backend)] : []),
    ...(isQuiet ? [] : showWarnings(warnings, '', screen)),
    ...(isVerbose ? [...showLoaded(loaded ?? [], '', screen), ...showWorld(world, '', screen)] : []),
  ];
  if (error !== null) {
    return `${[...head, paint.fail(error.message)].join('\n')}\n`;
  }
  return `${[...head, ...probes.flatMap((probe) => showProbe(probe, getRuleSet(scenario, probe.phase), isQuiet, screen))].join('\n')}\n`;
}

function showProbe(probe: ProbeResult, rules: RuleResult[], isQuiet: boolean, screen: Screen): string[] {
  const { paint } = screen;
  const title = `${probe.from} → ${probe.to}/${probe.protocol}  ${paint.bold(showOutcome(probe))}`;
  const line = probe.status === 'passed' ? title : `${paint.mark(probe.status)} ${title}  ${paint.status(probe.status)}`;
  const head = wrap(line, '', screen, DETAIL);
  if (isQuiet) {
    return [head];
  }
  return [
    head,
    wrap(probe.explanation, DETAIL, screen),
    ...showNotes(probe.notes, DETAIL, screen),
    ...showJourney(probe.journey, rules, DETAIL, paint).map((step) => wrapStep(step, screen)),
    ...(probe.advice === null ? [] : [wrap(`${paint.bold(`${labelAdvice(probe.adviceTrial)}:`)} ${probe.advice}`, DETAIL, screen)]),
    ...(probe.status === 'passed' ? [] : [`${DETAIL}${paint.bold('more:')} ${getExplainCommand(probe)}`]),
  ];
}

/** A line of a journey, which has columns: only its end, the text of a rule, is broken. */
function wrapStep(line: string, screen: Screen): string {
  const indent = ' '.repeat(line.length - line.trimStart().length);
  return wrap(line.trimStart(), indent, screen, `${indent}${DETAIL}`);
}
