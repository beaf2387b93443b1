import type { Expectation, ProbeResult, Status } from '../../model/result.js';
import { getMark, type Paint, WIDTH } from '../shared/paint.js';

const GAP = '  ';
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
export function showMatrix(probes: ProbeResult[], indent: string, paint: Paint): string[] {
  const rows = [...new Set(probes.flatMap(({ matrix }) => matrix?.client ?? []))];
  const columns = getColumns(probes, rows);
  const width = Math.max(0, ...rows.map((row) => row.length));
  const parts = split(columns, WIDTH - width);
  return [
    ...parts.flatMap((part) => showPart(part, rows, width, paint).map((line) => `${indent}${line}`)),
    ...showLegend(columns, indent, paint),
  ];
}

function getColumns(probes: ProbeResult[], rows: string[]): Column[] {
  const cells = new Map<string, ProbeResult[]>();
  for (const probe of probes) {
    const key = getKey(probe.matrix?.client, probe.matrix?.server);
    cells.set(key, [...(cells.get(key) ?? []), probe]);
  }
  return [...new Set(probes.flatMap(({ matrix }) => matrix?.server ?? []))].map((server) => {
    const own = rows.map((row) => cells.get(getKey(row, server)) ?? []).map((cell) => (cell.length === 0 ? NOTHING : describeCell(cell)));
    return { server, cells: own, width: Math.max(server.length, ...own.map(({ text }) => text.length)) };
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
  const head = [' '.repeat(width), ...columns.map((column) => column.server.padEnd(column.width))];
  return [
    paint.dim(head.join(GAP).trimEnd()),
    ...rows.map((row, place) => [row.padEnd(width), ...columns.map((column) => showCell(column, place, paint))].join(GAP).trimEnd()),
  ];
}

function showCell({ cells, width }: Column, place: number, paint: Paint): string {
  const { text, status } = cells[place] ?? NOTHING;
  const padded = text.padEnd(width);
  return status === null ? paint.dim(padded) : paint.status(status, padded);
}

/** The meaning of the marks in the table. */
function showLegend(columns: Column[], indent: string, paint: Paint): string[] {
  const seen = new Set(columns.flatMap(({ cells }) => cells.map(({ status }) => status)));
  const meanings = (Object.keys(LEGEND) as (keyof typeof LEGEND)[]).filter((status) => seen.has(status));
  return meanings.length === 0
    ? []
    : [`${indent}${meanings.map((status) => `${paint.mark(status)} ${paint.dim(LEGEND[status])}`).join(GAP)}`];
}

/**
 * What was observed in a cell of a truth table, in the words of the expectation. A server with several ports has several probes in one
 * cell.
 */
function describeCell(probes: ProbeResult[]): { text: string; status: Status } {
  const status = SEVERITY[Math.max(0, ...probes.map((probe) => SEVERITY.indexOf(probe.status)))] ?? 'error';
  const worst = probes.filter((probe) => probe.status === status);
  const [probe] = worst;
  if (probe === undefined) {
    return { text: '', status };
  }
  const mark = status === 'passed' ? '' : `${getMark(status)} `;
  const expected = status === 'failed' ? ` (expected ${describeExpected(probe.expected)})` : '';
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
  return isClosed ? 'closed' : isCauseAsked ? (cause ?? observed.outcome) : observed.outcome;
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
