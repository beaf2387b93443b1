import { posix } from 'node:path';
import type { Result, ScenarioResult, Status } from '../../model/result.js';
import { getExplainCommand, nameScenario } from '../shared/labels.js';
import { measure, pad, type Screen, spread, wrap } from '../shared/layout.js';
import { count } from './recap.js';
import { showError, showLoaded, showWarnings, showWorld } from './remarks.js';
import { showTable } from './table.js';

const DETAIL = '  ';
const GAP = '  ';
/** The mark and the blank after it. */
const MARK = 2;
/** With more files than this, there is a line for each folder. */
const MOST_FILES = 10;
/** The counts beside the names of folders need so many columns. */
const COUNTS = 50;
/** From bad to good. */
const SEVERITY: Status[] = ['error', 'failed', 'inconclusive', 'passed'];

interface Group {
  name: string;
  scenarios: ScenarioResult[];
}

/** A scenario with all its probes in columns. */
export function showWhole(scenario: ScenarioResult, isVerbose: boolean, screen: Screen): string {
  const { warnings, loaded, world, error } = scenario;
  return [
    showHead(scenario, screen),
    ...showWarnings(warnings, DETAIL, screen),
    ...showLoaded(loaded ?? [], DETAIL, screen),
    ...(isVerbose ? showWorld(world, DETAIL, screen) : []),
    ...(error === null
      ? showTable(scenario, isVerbose, screen)
      : [
          ...showError(error.message, DETAIL, screen),
          `${DETAIL}${screen.paint.bold('more:')} ${getExplainCommand({ status: 'error', cause: null })}`,
        ]),
  ].join('\n');
}

/** A line for each scenario, where there is no terminal. */
export function listScenarios({ scenarios }: Result, screen: Screen): string {
  return scenarios
    .map((scenario) => {
      const bad = describeBad([scenario], screen);
      return `${showHead(scenario, screen)}${bad === '' ? '' : `${GAP}${bad}`}`;
    })
    .join('\n');
}

/** A line for each file, or for each folder if there are many files. */
export function listFolders({ scenarios }: Result, screen: Screen): string {
  const { paint } = screen;
  const columns = screen.columns ?? Infinity;
  const isFew = new Set(scenarios.map(({ file }) => file)).size <= MOST_FILES;
  const groups = gather(scenarios, isFew ? ({ file }) => file : ({ file }) => posix.dirname(file));
  const rows = groups.map(({ name, scenarios: own }) => ({
    name,
    status: SEVERITY.find((status) => own.some((scenario) => scenario.status === status)) ?? 'passed',
    scenarios: count(own.length, 'scenario'),
    probes: count(own.flatMap(({ probes }) => probes).length, 'probe'),
    bad: describeBad(own, screen),
  }));
  const getWidest = (key: 'name' | 'scenarios' | 'probes') => Math.max(0, ...rows.map((row) => measure(row[key])));
  const widest = Math.min(getWidest('name'), Math.max(COUNTS / 2, columns - COUNTS));
  const lines = rows.flatMap((row) => {
    const mark = `${paint.mark(row.status)} `;
    const before = ' '.repeat(MARK + widest);
    const counts = `${GAP}${row.scenarios.padStart(getWidest('scenarios'))}${GAP}${row.probes.padStart(getWidest('probes'))}`;
    const head = measure(row.name) > widest ? [mark + row.name, before + counts] : [mark + pad(row.name, widest) + counts];
    const isBeside = before.length + counts.length + GAP.length + measure(row.bad) <= columns;
    return isBeside || row.bad === '' ? [`${head.join('\n')}${GAP}${row.bad}`.trimEnd()] : [...head, wrap(row.bad, before + GAP, screen)];
  });
  return lines.join('\n');
}

/** The name of a scenario, and its file and time at the right edge. */
export function showHead(scenario: ScenarioResult, screen: Screen): string {
  const { status, file, durationMs } = scenario;
  const { paint } = screen;
  return spread(`${paint.mark(status)} ${paint.bold(nameScenario(scenario))}`, `${file}  ${Math.round(durationMs)} ms`, screen);
}

function gather(scenarios: ScenarioResult[], getName: (scenario: ScenarioResult) => string): Group[] {
  const groups = new Map<string, ScenarioResult[]>();
  for (const scenario of scenarios) {
    const name = getName(scenario);
    const group = groups.get(name);
    if (group === undefined) {
      groups.set(name, [scenario]);
    } else {
      group.push(scenario);
    }
  }
  return [...groups].map(([name, own]) => ({ name, scenarios: own }));
}

/** `1 failed, 2 inconclusive`, '' if all passed. */
function describeBad(scenarios: ScenarioResult[], { paint }: Screen): string {
  const statuses = scenarios.flatMap(({ error, probes, counters }) => [
    ...(error === null || probes.length > 0 ? [] : ['error' as const]),
    ...probes.map(({ status }) => status),
    ...counters.map(({ status }) => status),
  ]);
  const parts = (['failed', 'inconclusive', 'error'] as const).flatMap((status) => {
    const number = statuses.filter((each) => each === status).length;
    return number === 0 ? [] : [paint.status(status, status === 'error' ? count(number, 'error') : `${number} ${status}`)];
  });
  return parts.join(', ');
}
