import type { FilledCell } from './cells.js';
import { listSome } from './findings.js';
import { printInline } from './json.js';
import type { Marks } from './marks.js';
import type { DraftTable } from './parties.js';

/** The most columns of a line of a table, and the most cells of a line. */
const MOST_COLUMNS = 150;
const MOST_CELLS = 6;
const LONGEST_DIFFERENCE = 100;
const INDENT = '        ';

/** A line of a table: the places of its cells in the row, and their columns. */
interface Line {
  places: number[];
  widths: number[];
}

/** The cells of a client, one for each target; null: it has none. */
interface Row {
  client: string;
  cells: (FilledCell | null)[];
}

/** A phase with a truth table. Cells that need a time limit of their own are probes before it. */
export function printTable({ name, clients, targets }: DraftTable, cells: FilledCell[], marks: Marks): string[] {
  const probes = cells.filter(({ timeoutMs }) => timeoutMs !== null);
  const ofMatrix = cells.filter(({ timeoutMs }) => timeoutMs === null);
  const asked = targets.filter((target) => ofMatrix.some(({ to }) => to === target));
  const rows = clients
    .map((client): Row => ({
      client,
      cells: asked.map((target) => ofMatrix.find(({ from, to }) => from === client && to === target) ?? null),
    }))
    .filter((row) => row.cells.some((cell) => cell !== null));
  const lists = [
    ...(probes.length === 0 ? [] : [printProbes(probes, marks)]),
    ...(rows.length === 0 ? [] : [printMatrix(rows, asked, marks)]),
  ];
  return ['    {', `      "name": ${JSON.stringify(name)},`, lists.map((list) => list.join('\n')).join(',\n'), '    }'];
}

function printProbes(probes: FilledCell[], marks: Marks): string[] {
  const lines = probes.map(
    ({ from, to, expect, timeoutMs, rule }, place) =>
      `${INDENT}${printInline({ from, to, timeoutMs, expect })}${place === probes.length - 1 ? '' : ','}${marks.get(rule)}`,
  );
  return ['      "probes": [', ...lines, '      ]'];
}

/** Each row is one line, if all of them fit; else each has the same number of lines, with the same targets below each other. */
function printMatrix(rows: Row[], targets: string[], marks: Marks): string[] {
  const texts = rows.map(({ cells }) => cells.map((cell) => (cell === null ? '' : printCell(cell, marks))));
  const widths = (texts[0] ?? []).map((_, place) => Math.max(...texts.map((row) => row[place]?.length ?? 0)));
  const names = rows.map(({ client }) => `${JSON.stringify(client)}:`);
  const longest = Math.max(...names.map((name) => name.length));
  const end = (row: number) => (row === rows.length - 1 ? '' : ',');
  const whole = widths.reduce((sum, width) => sum + width + 2, INDENT.length + longest + 5);
  const print = (): string[] => {
    if (whole <= MOST_COLUMNS) {
      return names.map((name, row) => `${INDENT}${name.padEnd(longest)} { ${joinCells(texts[row] ?? [], widths, false)} }${end(row)}`);
    }
    const lines = layOut(targets, widths);
    return names.flatMap((name, row) => [
      `${INDENT}${name} {${describeDifference(rows, row)}`,
      ...breakRow(texts[row] ?? [], lines),
      `${INDENT}}${end(row)}`,
    ]);
  };
  return ['      "matrix": {', ...print(), '      }'];
}

function printCell({ to, expect, rule }: FilledCell, marks: Marks): string {
  return `${JSON.stringify(to)}: ${JSON.stringify(expect)}${marks.get(rule)}`;
}

/** What a client sees otherwise than the first one of its table. */
function describeDifference(rows: Row[], row: number): string {
  const [first] = rows;
  const others = (rows[row]?.cells ?? []).flatMap((cell, place) =>
    cell === null || cell.expect === first?.cells[place]?.expect ? [] : [cell.to],
  );
  if (row === 0 || others.length === 0) {
    return '';
  }
  const describe = (most: number) => ` // unlike ${first?.client}: ${listSome(others, most)}`;
  let most = others.length;
  while (most > 1 && describe(most).length > LONGEST_DIFFERENCE) {
    most--;
  }
  return describe(most);
}

/** Puts cells into lines, as many in each as stand below each other. Those whose target is a URL are wide, and have lines of their own. */
function layOut(targets: string[], widths: number[]): Line[] {
  const [urls, servers] = [true, false].map((isUrl) =>
    targets.flatMap((target, place) => (target.includes('://') === isUrl ? [place] : [])),
  );
  return [servers, urls].flatMap((places = []): Line[] => {
    const getWidths = (count: number) =>
      Array.from({ length: count }, (_, column) =>
        Math.max(...places.filter((__, index) => index % count === column).map((place) => widths[place] ?? 0)),
      );
    let count = Math.min(places.length, MOST_CELLS);
    while (count > 1 && getWidths(count).reduce((sum, width) => sum + width + 2, INDENT.length + 2) > MOST_COLUMNS) {
      count--;
    }
    const starts = Array.from({ length: Math.ceil(places.length / Math.max(1, count)) }, (_, line) => line * count);
    return starts.map((start) => ({ places: places.slice(start, start + count), widths: getWidths(count) }));
  });
}

function breakRow(texts: string[], lines: Line[]): string[] {
  const filled = lines.filter(({ places }) => places.some((place) => texts[place] !== ''));
  return filled.map(
    ({ places, widths }, line) =>
      `${INDENT}  ${joinCells(
        places.map((place) => texts[place] ?? ''),
        widths,
        line < filled.length - 1,
      )}`,
  );
}

/** Cells with commas right behind them. @param hasMore whether another line follows */
function joinCells(texts: string[], widths: number[], hasMore: boolean): string {
  const last = texts.findLastIndex((text) => text !== '');
  return texts
    .map((text, place) => `${text}${text === '' || (place === last && !hasMore) ? '' : ','}`.padEnd((widths[place] ?? 0) + 2))
    .join('')
    .trimEnd();
}
