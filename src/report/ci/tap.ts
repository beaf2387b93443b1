import type { CounterResult, ProbeResult, ScenarioResult } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';
import { countNoun } from '../../words/phrases.js';
import { printWarning } from '../shared/diagnostics.js';
import { makeResultHarmless } from '../shared/harmless.js';
import { nameCounter, nameScenario } from '../shared/labels.js';
import type { Reporter } from '../shared/reporter.js';
import { diagnoseCounter, diagnoseProbe, diagnoseScenario, type Diagnosis } from './diagnose.js';
import { printYaml } from './yaml.js';

/** A test point: a line of the harness's list, with the subtests that are printed before it. */
interface Point {
  /** Comments before the point. */
  comments?: string[];
  description: string;
  /** null: passed */
  diagnosis: Diagnosis | null;
  subtests?: Point[];
}

/**
 * The report for test harnesses. TAP 14: a point for each scenario, with its probes as subtests. TAP 13 has no subtests: a point for each
 * probe.
 * https://testanything.org/tap-version-14-specification.html
 */
export const reportTap: Reporter = (result, { tapVersion = 14, countsWarnings = false }) => {
  const { scenarios, summary, aborted } = makeResultHarmless(result);
  const points = tapVersion === 14 ? scenarios.map(toPoint) : scenarios.flatMap(toFlatPoints);
  const lines = [
    `TAP version ${tapVersion}`,
    ...printPoints(points, ''),
    ...(countsWarnings && summary.warnings > 0 ? [`# ${countNoun(summary.warnings, 'warning')} (a failure with --strict)`] : []),
    ...(aborted ? ['Bail out! The run was aborted: what had not finished is left out'] : []),
  ];
  return `${lines.join('\n')}\n`;
};

function toPoint(scenario: ScenarioResult): Point {
  return {
    comments: scenario.warnings.map(printWarning),
    description: nameScenario(scenario),
    diagnosis: scenario.status === 'passed' ? null : diagnoseScenario(scenario),
    // The probes of a scenario that could not run would only repeat its error.
    ...(scenario.error === null ? { subtests: toSubtests(scenario) } : {}),
  };
}

function toFlatPoints(scenario: ScenarioResult): Point[] {
  const { subtests = [], comments = [], ...whole } = toPoint(scenario);
  const points = subtests.map((point) => ({ ...point, description: `${whole.description}: ${point.description}` }));
  const [first = whole, ...others] = points;
  return [{ ...first, comments }, ...others];
}

function toSubtests(scenario: ScenarioResult): Point[] {
  return [
    ...scenario.probes.map((probe) => toProbePoint(probe, scenario)),
    ...scenario.counters.map((counter) => toCounterPoint(counter, scenario)),
  ];
}

function toCounterPoint(counter: CounterResult, scenario: ScenarioResult): Point {
  return { description: nameCounter(counter), diagnosis: counter.status === 'passed' ? null : diagnoseCounter(counter, scenario) };
}

function toProbePoint(probe: ProbeResult, scenario: ScenarioResult): Point {
  return {
    description: probe.phase === null ? probe.name : `${probe.phase}: ${probe.name}`,
    diagnosis: probe.status === 'passed' ? null : diagnoseProbe(probe, scenario),
  };
}

function printPoints(points: Point[], indent: string): string[] {
  return [`${indent}1..${points.length}`, ...points.flatMap((point, index) => printPoint(point, index + 1, indent))];
}

function printPoint({ comments = [], description, diagnosis, subtests = [] }: Point, number: number, indent: string): string[] {
  const name = escapeTap(description);
  return [
    ...comments.map((comment) => `${indent}# ${comment}`),
    ...(subtests.length === 0 ? [] : [`${indent}# Subtest: ${name}`, ...printPoints(subtests, `${indent}    `)]),
    `${indent}${diagnosis === null ? 'ok' : 'not ok'} ${number} - ${name}`,
    ...(diagnosis === null ? [] : [`${indent}  ---`, ...printYaml(diagnosis, `${indent}  `), `${indent}  ...`]),
  ];
}

/**
 * The description of a TAP test point. TAP 14 requires `\` and `#` to be escaped, because ` # skip` is a directive. For tap-parser, a `{`
 * at the end would start a buffered subtest.
 */
export function escapeTap(text: string): string {
  return makeHarmless(text.trim())
    .replace(/\{$/, '\\u{7b}')
    .replace(/[\\#]/g, (character) => `\\${character}`);
}
