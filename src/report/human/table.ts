import type { ProbeResult, ScenarioResult } from '../../model/result.js';
import { nameCounter, showCounted } from '../shared/labels.js';
import { measure, pad, type Screen, wrap } from '../shared/layout.js';
import { showMatrix } from './matrix.js';
import { showReason, showTime } from './outcome.js';
import { showNotes } from './remarks.js';

/** From so many columns on, the table has the addresses of the probes, and the texts of the rules. */
const WITH_ADDRESSES = 120;
const WITH_RULES = 160;

const INDENT = '  ';
const GAP = '  ';
/** The mark and the blank after it. */
const MARK = 2;
/** A longer name is a line of its own. */
const LONGEST_SHARE = 0.45;
const LONGEST_NAME = 60;
/** A reason with fewer columns than this is a line of its own. */
const LEAST_REASON = 20;

interface Row {
  probe: ProbeResult;
  /** How many probes it stands for. */
  times: number;
  name: string;
  route: string;
  outcome: string;
  time: string;
  reason: string;
}

/** All probes of a scenario in columns, by phase; cells of a truth table in their table; and the counters. */
export function showTable(scenario: ScenarioResult, isVerbose: boolean, screen: Screen): string[] {
  const { probes, counters } = scenario;
  const phases = [...new Set(probes.map(({ phase }) => phase))];
  const rows = new Map(
    phases.map((phase) => {
      const listed = probes.filter((probe) => probe.phase === phase && probe.matrix === null);
      return [phase, isVerbose ? listed.map((probe) => makeRow([probe], screen)) : gatherRows(listed, screen)];
    }),
  );
  const format = getFormat([...rows.values()].flat(), screen);
  return [
    ...phases.flatMap((phase) => [
      ...(phase === null ? [] : [`${INDENT}${screen.paint.bold('phase:')} ${phase}`]),
      ...(rows.get(phase) ?? []).flatMap((row) => showRow(row, format, screen)),
      ...showMatrix(
        probes.filter((probe) => probe.phase === phase && probe.matrix !== null),
        INDENT,
        screen,
      ),
    ]),
    ...counters.map((counter) => {
      const title = `${INDENT}${screen.paint.mark(counter.status)} ${nameCounter(counter)}`;
      return `${title}${GAP}${counter.status === 'passed' ? '' : `${screen.paint.status(counter.status)}: `}${showCounted(counter)}`;
    }),
  ];
}

/** Repetitions of a probe (`count`) that ended in the same way are one row, with the longest time. */
function gatherRows(probes: ProbeResult[], screen: Screen): Row[] {
  const alike = new Map<string, ProbeResult[]>();
  for (const probe of probes) {
    const { route, outcome, reason } = makeRow([probe], screen);
    const key = JSON.stringify([getName(probe), probe.status, route, outcome, reason, probe.decided, probe.notes]);
    const known = alike.get(key);
    if (known === undefined) {
      alike.set(key, [probe]);
    } else {
      known.push(probe);
    }
  }
  return [...alike.values()].map((each) => makeRow(each, screen));
}

function getName({ name }: ProbeResult): string {
  return name.replace(/ #\d+$/, '');
}

function makeRow(probes: ProbeResult[], { columns }: Screen): Row {
  const [probe] = probes.toSorted((one, other) => (other.observed?.elapsedMs ?? 0) - (one.observed?.elapsedMs ?? 0)) as [ProbeResult];
  const times = probes.length;
  const time = showTime(probe);
  return {
    probe,
    times,
    name: times === 1 ? probe.name : `${getName(probe)} ×${times}`,
    route: `${probe.from} → ${probe.to}/${probe.protocol}`,
    outcome: probe.observed?.outcome ?? probe.status,
    time: times === 1 || probe.decided === 'proved' || time === '' ? time : `≤ ${time}`,
    reason: showReason(probe, columns === null || columns >= WITH_RULES),
  };
}

/** The widths of the columns. */
interface Format {
  name: number;
  /** null: without addresses */
  route: number | null;
  outcome: number;
  time: number;
}

function getFormat(rows: Row[], { columns }: Screen): Format {
  const getWidest = (key: 'name' | 'route' | 'outcome' | 'time') => Math.max(0, ...rows.map((row) => measure(row[key])));
  const longest = columns === null ? LONGEST_NAME : Math.floor(columns * LONGEST_SHARE);
  const name = Math.min(getWidest('name'), longest);
  const [route, outcome, time] = [getWidest('route'), getWidest('outcome'), getWidest('time')];
  const whole = getStart({ name, route, outcome, time }) + LEAST_REASON;
  const hasRoutes = columns === null || (columns >= WITH_ADDRESSES && whole <= columns);
  return { name, route: hasRoutes ? route : null, outcome, time };
}

/** The column in which the reasons start. */
function getStart({ name, route, outcome, time }: Format): number {
  return [INDENT.length + MARK + name, ...(route === null ? [] : [route]), outcome, time].reduce(
    (sum, width) => sum + width + GAP.length,
    0,
  );
}

function showRow({ probe, name, route, outcome, time, reason }: Row, format: Format, screen: Screen): string[] {
  const { paint, columns } = screen;
  const start = getStart(format);
  const mark = `${INDENT}${paint.mark(probe.status)} `;
  const isLong = measure(name) > format.name;
  const cells = [
    ...(format.route === null ? [] : [paint.dim(pad(route, format.route))]),
    probe.status === 'passed' ? pad(outcome, format.outcome) : paint.status(probe.status, pad(outcome, format.outcome)),
    paint.dim(time.padStart(format.time)),
  ].join(GAP);
  const first = isLong ? [mark + name] : [];
  const before = `${isLong ? ' '.repeat(INDENT.length + MARK + format.name) : mark + pad(name, format.name)}${GAP}${cells}`;
  const isBeside = columns === null || columns - start >= LEAST_REASON;
  const detail = ' '.repeat(INDENT.length + MARK + GAP.length);
  const reasons = reason === '' ? [] : wrap(reason, '', { columns: columns === null ? null : columns - start }).split('\n');
  const [beside = '', ...below] = isBeside ? reasons : [];
  return [
    ...first,
    `${before}${beside === '' ? '' : GAP}${beside}`.trimEnd(),
    ...below.map((line) => ' '.repeat(start) + line),
    ...(isBeside || reason === '' ? [] : [wrap(reason, detail, screen)]),
    ...(probe.status === 'passed' ? showNotes(probe.notes, detail, screen) : []),
  ];
}
