import type { ProbeResult, Result, ScenarioResult } from '../../model/result.js';
import { labelAdvice } from '../shared/advice.js';
import { makeResultHarmless } from '../shared/harmless.js';
import { showJourney } from '../shared/journey.js';
import { getExplainCommand, getRuleSet } from '../shared/labels.js';
import { makePaint, type Paint, wrap } from '../shared/paint.js';
import { showNotes } from './notes.js';
import { showOutcome } from './outcome.js';
import { showWarnings } from './warnings.js';

const DETAIL = '  ';

/** The report of one ad-hoc probe: what the client saw, why, and the journey of each packet, for each back end. */
export function reportProbe(result: Result, { color }: { color: boolean }): string {
  const { scenarios } = makeResultHarmless(result);
  const paint = makePaint(color);
  return scenarios.map((scenario) => showAnswer(scenario, scenarios.length > 1, paint)).join('\n');
}

function showAnswer(scenario: ScenarioResult, isOneOfMany: boolean, paint: Paint): string {
  const { error, probes, backend, warnings } = scenario;
  const head = [...(isOneOfMany ? [paint.bold(backend)] : []), ...showWarnings(warnings, '', paint)];
  if (error !== null) {
    return `${[...head, paint.fail(error.message)].join('\n')}\n`;
  }
  return `${[...head, ...probes.flatMap((probe) => showProbe(probe, getRuleSet(scenario, probe.phase), paint))].join('\n')}\n`;
}

function showProbe(probe: ProbeResult, rules: ScenarioResult['rules'], paint: Paint): string[] {
  const title = `${probe.from} → ${probe.to}/${probe.protocol}  ${paint.bold(showOutcome(probe))}`;
  return [
    probe.status === 'passed' ? title : `${paint.mark(probe.status)} ${title}  ${paint.status(probe.status)}`,
    wrap(probe.explanation, DETAIL),
    ...showNotes(probe.notes, DETAIL, paint),
    ...showJourney(probe.journey, rules, DETAIL, paint),
    ...(probe.advice === null ? [] : [wrap(`${paint.bold(`${labelAdvice(probe.adviceTrial)}:`)} ${probe.advice}`, DETAIL)]),
    ...(probe.status === 'passed' ? [] : [`${DETAIL}${paint.bold('more:')} ${getExplainCommand(probe)}`]),
  ];
}
