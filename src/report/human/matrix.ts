import type { Expectation, ProbeResult, Status } from '../../model/result.js';
import { measure, pad, type Screen, wrap } from '../shared/layout.js';
import { getMark, type Paint } from '../shared/paint.js';

const GAP = '  ';
/** The most columns of a table where there is no terminal. */
const USUAL_COLUMNS = 112;
/** The cell of a client and a server without a probe. */
const NOTHING = { text: '·', status: null };

const LEGEND = {
  failed: 'not what the scenario says',
  inconclusive: 'the evidence does not carry a verdict',
  error: 'loopfw could not do its work',
} satisfies Partial<Record<Status, string>>;

/** From good to bad. */
const SEVERITY: Status[] = ['passed', 'inconclusive', 'failed', 'error'];

interface Column {
  server: string;
  cells: { text: string; status: Status | null }[];
  width: number;
}

/** A truth table: a row for each client, a column for each server, and the observation in each cell. A wide table is split. */
export function showMatrix(probes: ProbeResult[], indent: string, screen: Screen): string[] {
  const { columns: most, paint } = screen;
  const rows = [...new Set(probes.flatMap(({ matrix }) => matrix?.client ?? []))];
  const width = Math.max(0, ...rows.map(measure));
  const left = (most ?? USUAL_COLUMNS) - indent.length - width;
  const columns = getColumns(probes, rows, most === null ? Infinity : left - GAP.length);
  const parts = split(columns, left);
  return [
    ...parts.flatMap((part) => showPart(part, rows, width, paint).map((line) => `${indent}${line}`)),
    ...showLegend(columns, indent, screen),
  ];
}

/** @param most the columns of the terminal for a column of the table: where they are too few, its cells leave out what was expected */
function getColumns(probes: ProbeResult[], rows: string[], most: number): Column[] {
  const cells = new Map<string, ProbeResult[]>();
  for (const probe of probes) {
    const key = getKey(probe.matrix?.client, probe.matrix?.server);
    cells.set(key, [...(cells.get(key) ?? []), probe]);
  }
  return [...new Set(probes.flatMap(({ matrix }) => matrix?.server ?? []))].map((server) => {
    const gathered = rows.map((row) => cells.get(getKey(row, server)) ?? []);
    const describe = (hasExpected: boolean): Column => {
      const own = gathered.map((cell) => (cell.length === 0 ? NOTHING : describeCell(cell, hasExpected)));
      return { server, cells: own, width: Math.max(measure(server), ...own.map(({ text }) => measure(text))) };
    };
    const whole = describe(true);
    return whole.width <= most ? whole : describe(false);
  });
}

function getKey(client: string | undefined, server: string | undefined): string {
  return JSON.stringify([client, server]);
}

function split(columns: Column[], width: number): Column[][] {
  const parts: Column[][] = [];
  let left = 0;
  for (const column of columns) {
    left -= GAP.length + column.width;
    const part = parts.at(-1);
    if (part === undefined || left < 0) {
      parts.push([column]);
      left = width - GAP.length - column.width;
    } else {
      part.push(column);
    }
  }
  return parts;
}

function showPart(columns: Column[], rows: string[], width: number, paint: Paint): string[] {
  const head = [' '.repeat(width), ...columns.map((column) => pad(column.server, column.width))];
  return [
    paint.dim(head.join(GAP).trimEnd()),
    ...rows.map((row, place) => [pad(row, width), ...columns.map((column) => showCell(column, place, paint))].join(GAP).trimEnd()),
  ];
}

function showCell({ cells, width }: Column, place: number, paint: Paint): string {
  const { text, status } = cells[place] ?? NOTHING;
  const padded = pad(text, width);
  return status === null ? paint.dim(padded) : paint.status(status, padded);
}

/** The meaning of the marks in the table. */
function showLegend(columns: Column[], indent: string, screen: Screen): string[] {
  const { paint } = screen;
  const seen = new Set(columns.flatMap(({ cells }) => cells.map(({ status }) => status)));
  const meanings = (Object.keys(LEGEND) as (keyof typeof LEGEND)[]).filter((status) => seen.has(status));
  return meanings.length === 0
    ? []
    : [wrap(meanings.map((status) => `${paint.mark(status)} ${paint.dim(LEGEND[status])}`).join(GAP), indent, screen)];
}

/**
 * What was observed in a cell of a truth table, in the words of the expectation. A server with several ports has several probes in one
 * cell.
 */
function describeCell(probes: ProbeResult[], hasExpected: boolean): { text: string; status: Status } {
  const status = SEVERITY[Math.max(0, ...probes.map((probe) => SEVERITY.indexOf(probe.status)))] ?? 'error';
  const worst = probes.filter((probe) => probe.status === status);
  const [probe] = worst;
  if (probe === undefined) {
    return { text: '', status };
  }
  const mark = status === 'passed' ? '' : `${getMark(status)} `;
  const expected = status === 'failed' && hasExpected ? ` (expected ${describeExpected(probe.expected)})` : '';
  return { text: `${mark}${describeObserved(probe)}${describeTimes(worst.length, probes.length)}${expected}`, status };
}

function describeTimes(times: number, all: number): string {
  return all === 1 ? '' : ` ×${times}${times === all ? '' : ` of ${all}`}`;
}

/** The cause, if the scenario expects one and the outcome is not wrong. Otherwise the outcome. */
function describeObserved({ expected, observed, cause }: ProbeResult): string {
  if (observed === null) {
    return 'error';
  }
  const isClosed = isClosedAsked(expected) && observed.outcome === 'refused' && cause === 'no-listener';
  const isCauseAsked = expected.cause !== undefined && (expected.outcome === undefined || expected.outcome === observed.outcome);
  const word = cause === 'service' && expected.cause !== 'service' ? null : cause; // it says no more than "connected"
  return isClosed ? 'closed' : isCauseAsked ? (word ?? observed.outcome) : observed.outcome;
}

function describeExpected(expected: Expectation): string {
  const { outcome, cause, rule, icmp, reply, afterMs, withinMs } = expected;
  if (isClosedAsked(expected)) {
    return 'closed';
  }
  const parts = [
    ...(outcome === undefined ? [] : [outcome]),
    ...(cause === undefined ? [] : [cause]),
    ...(rule === undefined ? [] : [`rule ${rule}`]),
    ...(icmp === undefined ? [] : [icmp]),
    ...(reply === undefined ? [] : ['a reply']),
    ...(afterMs === undefined ? [] : [`after ${afterMs} ms`]),
    ...(withinMs === undefined ? [] : [`within ${withinMs} ms`]),
  ];
  return parts.join(', ');
}

function isClosedAsked({ outcome, cause }: Expectation): boolean {
  return outcome === 'refused' && cause === 'no-listener';
}
