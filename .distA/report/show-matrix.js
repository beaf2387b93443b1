import { describeCell } from './describe-cell.js';
import { makeHarmless } from './make-harmless.js';
import { WIDTH } from './wrap.js';
const GAP = '  ';
/** Where the scenario says nothing of a client and a server. */
const NOTHING = { text: '·', status: null };
const LEGEND = {
    failed: 'not what the scenario says',
    inconclusive: 'the evidence does not carry a verdict',
    error: 'loopfw could not do its work',
};
/** A truth table: a row for each client, a column for each server, in each cell what was seen. A wide one is shown in parts. */
export function showMatrix(probes, indent, paint) {
    const rows = [...new Set(probes.flatMap(({ matrix }) => matrix?.client ?? []))];
    const columns = getColumns(probes, rows);
    const width = Math.max(0, ...rows.map((row) => makeHarmless(row).length));
    const parts = split(columns, WIDTH - width);
    return [
        ...parts.flatMap((part) => showPart(part, rows, width, paint).map((line) => `${indent}${line}`)),
        ...showLegend(columns, indent, paint),
    ];
}
function getColumns(probes, rows) {
    const cells = new Map();
    for (const probe of probes) {
        const key = getKey(probe.matrix?.client, probe.matrix?.server);
        cells.set(key, [...(cells.get(key) ?? []), probe]);
    }
    return [...new Set(probes.flatMap(({ matrix }) => matrix?.server ?? []))].map((name) => {
        const server = makeHarmless(name);
        const own = rows.map((row) => cells.get(getKey(row, name)) ?? []).map((cell) => (cell.length === 0 ? NOTHING : describeCell(cell)));
        return { server, cells: own, width: Math.max(server.length, ...own.map(({ text }) => text.length)) };
    });
}
function getKey(client, server) {
    return JSON.stringify([client, server]);
}
function split(columns, width) {
    const parts = [];
    let left = 0;
    for (const column of columns) {
        left -= GAP.length + column.width;
        const part = parts.at(-1);
        if (part === undefined || left < 0) {
            parts.push([column]);
            left = width - GAP.length - column.width;
        }
        else {
            part.push(column);
        }
    }
    return parts;
}
function showPart(columns, rows, width, paint) {
    const head = [' '.repeat(width), ...columns.map((column) => column.server.padEnd(column.width))];
    return [
        paint.dim(head.join(GAP).trimEnd()),
        ...rows.map((row, place) => [makeHarmless(row).padEnd(width), ...columns.map((column) => showCell(column, place, paint))].join(GAP).trimEnd()),
    ];
}
function showCell({ cells, width }, place, paint) {
    const { text, status } = cells[place] ?? NOTHING;
    const padded = text.padEnd(width);
    return status === null ? paint.dim(padded) : paint.status(status, padded);
}
/** What the marks mean, where there are any. */
function showLegend(columns, indent, paint) {
    const seen = new Set(columns.flatMap(({ cells }) => cells.map(({ status }) => status)));
    const meanings = Object.keys(LEGEND).filter((status) => seen.has(status));
    return meanings.length === 0
        ? []
        : [`${indent}${meanings.map((status) => `${paint.mark(status)} ${paint.dim(LEGEND[status])}`).join(GAP)}`];
}
