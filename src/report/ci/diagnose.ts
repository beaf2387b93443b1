import type { CounterResult, ProbeResult, ScenarioResult } from '../../model/result.js';
import { showTrial } from '../shared/advice.js';
import { showJourney } from '../shared/journey.js';
import { getExplainCommand, getRuleSet } from '../shared/labels.js';
import { makePaint } from '../shared/paint.js';
import type { Yaml } from './yaml.js';

/** The YAML block of a TAP test point. */
export type Diagnosis = { [key: string]: Yaml };

/** The details of a probe for a test harness. Unknown values are left out. */
export function diagnoseProbe(probe: ProbeResult, scenario: ScenarioResult): Diagnosis {
  const { file } = scenario;
  const { status, line, column, expected, observed, cause, rule, explanation, notes, advice, adviceTrial, hint, journey } = probe;
  const lines = showJourney(journey, getRuleSet(scenario, probe.phase), '', makePaint(false));
  return leaveOutNulls({
    ...{ status, file, line, column, expected: { ...expected }, observed: observed && { ...observed }, cause, rule: rule && { ...rule } },
    ...{
      explanation,
      notes: notes.length === 0 ? null : notes.map(({ text }) => text),
      advice,
      adviceTrial: adviceTrial && showTrial(adviceTrial),
      hint,
      more: getExplainCommand(probe),
      journey: lines.length === 0 ? null : lines,
    },
  });
}

/** The details of an interface's counter. */
export function diagnoseCounter({ status, expected, observed }: CounterResult, { file }: ScenarioResult): Diagnosis {
  return leaveOutNulls({ status, file, expected, observed });
}

/** The details of a whole scenario. Its probes have the reasons, unless the scenario could not run. */
export function diagnoseScenario({ status, file, backend, error }: ScenarioResult): Diagnosis {
  const detail = error && { ...error, message: splitLines(error.message) };
  return leaveOutNulls({ status, file, backend, error: detail, more: error && getExplainCommand({ status, cause: null }) });
}

/** The output of a command may have several lines. */
function splitLines(text: string): Yaml {
  return text.includes('\n') ? text.split('\n') : text;
}

function leaveOutNulls(diagnosis: Diagnosis): Diagnosis {
  return Object.fromEntries(Object.entries(diagnosis).filter(([, value]) => value !== null));
}
