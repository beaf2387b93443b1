import type { CounterResult, ProbeResult, Result, RuleResult, ScenarioResult, Status, Warning } from '../../model/result.js';
import { showJourney } from '../shared/journey.js';
import { getExplainCommand, getRuleSet, nameCounter, nameScenario, showCounted } from '../shared/labels.js';
import { makePaint } from '../shared/paint.js';

/** A scenario on a back end, as the formats of test results have it. */
export interface Suite {
  name: string;
  /** null: the suite is about the whole run. */
  file: string | null;
  backend: string | null;
  tags: string[];
  startedAt: string;
  durationMs: number;
  warnings: Warning[];
  cases: TestCase[];
}

/** A probe, a counter of an interface, or a scenario that could not run. */
export interface TestCase {
  /** No other case of the suite has it: of two with the same name, GitLab keeps only the first. */
  name: string;
  status: Status;
  place: { line: number; column: number } | null;
  elapsedMs: number | null;
  failure: Failure | null;
}

/** Why a case did not pass. */
export interface Failure {
  /** The cause if a probe failed; otherwise a word for the kind of the problem. */
  type: string;
  /** The problem in one line, which is short if a probe failed. */
  headline: string;
  /** The output of a command may have several lines. */
  message: string;
  journey: string[];
  /** What the reader can do or read next, a line each. */
  remarks: string[];
}

type Phase = string | null;

const LEFT_OUT = 'The run was aborted: what had not finished is left out.';

const ABORTED: TestCase = {
  name: 'the run',
  status: 'error',
  place: null,
  elapsedMs: null,
  failure: { type: 'aborted', headline: LEFT_OUT, message: LEFT_OUT, journey: [], remarks: [] },
};

/**
 * The result as suites of cases. A run that was aborted has one suite more: without it, a report of what had finished could look as if all
 * had passed.
 */
export function listSuites({ scenarios, aborted, startedAt }: Result): Suite[] {
  const whole = { name: 'loopfw', file: null, backend: null, tags: [], startedAt, durationMs: 0, warnings: [], cases: [ABORTED] };
  return [...scenarios.map(toSuite), ...(aborted ? [whole] : [])];
}

function toSuite(scenario: ScenarioResult): Suite {
  const { file, backend, tags, startedAt, durationMs, warnings, error } = scenario;
  // The probes of a scenario that could not run would only repeat its error.
  const cases =
    error === null
      ? [...listProbes(scenario), ...scenario.counters.map((counter) => toCounterCase(counter, scenario))]
      : [toErrorCase(error, scenario)];
  return { name: nameScenario(scenario), file, backend, tags, startedAt, durationMs, warnings, cases: giveOwnNames(cases) };
}

function listProbes(scenario: ScenarioResult): TestCase[] {
  const phases = [...new Set(scenario.probes.map(({ phase }) => phase))];
  const ruleSets = new Map<Phase, RuleResult[]>(phases.map((phase) => [phase, getRuleSet(scenario, phase)]));
  return scenario.probes.map((probe) => toProbeCase(probe, ruleSets.get(probe.phase) ?? []));
}

function toProbeCase(probe: ProbeResult, rules: RuleResult[]): TestCase {
  const { index, phase, status, line, column, observed } = probe;
  const name = probe.name.trim() === '' ? `probe ${index}` : probe.name;
  return {
    name: phase === null ? name : `${phase}: ${name}`,
    status,
    place: { line, column },
    elapsedMs: observed?.elapsedMs ?? null,
    failure: status === 'passed' ? null : explainProbe(probe, rules),
  };
}

function explainProbe(probe: ProbeResult, rules: RuleResult[]): Failure {
  const { status, cause, headline, explanation, journey, notes, advice, hint } = probe;
  return {
    type: status === 'failed' ? (cause ?? status) : status,
    headline: status === 'failed' ? headline : getFirstLine(explanation),
    message: explanation,
    journey: showJourney(journey, rules, '', makePaint(false)),
    remarks: [
      ...notes.map(({ text }) => `why not: ${text}`),
      ...(advice === null ? [] : [`advice: ${advice}`]),
      ...(hint === null ? [] : [`hint: ${hint}`]),
      `more: ${getExplainCommand(probe)}`,
    ],
  };
}

function toCounterCase(counter: CounterResult, { line }: ScenarioResult): TestCase {
  const { status } = counter;
  const name = nameCounter(counter);
  const message = `Expected ${name}, observed ${showCounted(counter)}.`;
  const failure = status === 'passed' ? null : { type: 'counter', headline: message, message, journey: [], remarks: [] };
  return { name, status, place: { line, column: 1 }, elapsedMs: null, failure };
}

function toErrorCase({ code, message }: NonNullable<ScenarioResult['error']>, { line }: ScenarioResult): TestCase {
  const remarks = [`more: ${getExplainCommand({ status: 'error', cause: null })}`];
  const failure = { type: code, headline: getFirstLine(message), message, journey: [], remarks };
  return { name: 'the scenario', status: 'error', place: { line, column: 1 }, elapsedMs: null, failure };
}

function getFirstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** The place, the message, the journey and the remarks of a case that did not pass. All but the journey are broken at spaces. */
export function tellStory({ place, failure }: TestCase, { file }: Suite, indent: string): string {
  const { message = '', journey = [], remarks = [] } = failure ?? {};
  return [
    ...(file === null ? [] : [`${indent}${file}${place === null ? '' : `:${place.line}:${place.column}`}`]),
    ...message.split('\n').map((line) => breakAtSpaces(line, indent)),
    ...journey.map((line) => indent + line),
    ...remarks.map((line) => breakAtSpaces(line, indent)),
  ].join('\n');
}

/** Gives the second case of the same name ` #2`, the third ` #3`. */
function giveOwnNames(cases: TestCase[]): TestCase[] {
  const given = new Set(cases.map(({ name }) => name));
  const met = new Set<string>();
  const numbers = new Map<string, number>();
  return cases.map((testCase) => {
    const { name } = testCase;
    if (!met.has(name)) {
      met.add(name);
      return testCase;
    }
    let number = numbers.get(name) ?? 2;
    while (given.has(`${name} #${number}`)) {
      number += 1;
    }
    numbers.set(name, number + 1);
    return { ...testCase, name: `${name} #${number}` };
  });
}

/** The most characters of a line of prose. The formats are read by programs, so the width is that of no terminal. */
const WIDTH = 110;

/** Breaks a text at spaces. wrap-ansi needs milliseconds for a paragraph, and a report for programs can have thousands of them. */
function breakAtSpaces(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((part) => indent + part).join('\n');
}
