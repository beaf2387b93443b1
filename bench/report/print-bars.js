import { formatMs } from './format.js';

const WIDTH = 60;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar for each entry of each case. Its length is the entry's median, relative to the longest of the case. */
export function printBars(cases) {
  const nameWidth = Math.max(...cases.flatMap(({ entries }) => entries.map(({ name }) => name.length)));
  const charts = cases.map(({ name, entries }) => {
    const longest = Math.max(...entries.map(({ medianMs }) => medianMs));
    const lines = entries.map(
      (entry) => `  ${entry.name.padEnd(nameWidth)} ${drawBar(entry.medianMs / longest)} ${formatMs(entry.medianMs)}`,
    );
    return [name, ...lines].join('\n');
  });
  return ['```text', charts.join('\n\n'), '```'].join('\n');
}

/** Every time above zero has a visible bar. */
function drawBar(share) {
  const eighths = Math.max(1, Math.round(share * WIDTH * EIGHTHS.length));
  return '█'.repeat(Math.floor(eighths / EIGHTHS.length)) + EIGHTHS[eighths % EIGHTHS.length];
}
