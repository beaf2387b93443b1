import { formatCount, formatMb, formatMs } from './format.js';
import { printBars } from './print-bars.js';
import { toMarkdown } from './print-table.js';

/** How time and memory grow with the number of scenarios. */
export function printGrowthTable(cases) {
  const lines = cases.map(({ name, size, entries: [{ medianMs, runsMs, outsideKb, insideKb }] }) => [
    name,
    formatMs(medianMs),
    `${formatMs(Math.min(...runsMs))} – ${formatMs(Math.max(...runsMs))}`,
    runsMs.length,
    formatMs(medianMs / size),
    formatMb(outsideKb),
    formatMb(insideKb),
  ]);
  return toMarkdown(['work', 'median', 'fastest – slowest', 'runs', 'each', 'memory outside', 'memory inside'], lines);
}

/** All sizes in one picture. */
export function printGrowthBars(cases) {
  return printBars([{ name: 'loopfw', entries: cases.map(({ name, entries: [entry] }) => ({ ...entry, name })) }]);
}

/** In words: the last size against the straight line through the ones before it: 1 is as linear as it can be. */
export function printGrowthSentence(cases) {
  const [first, second, last] = cases.map(({ name, size, entries: [entry] }) => ({ ...entry, name, size }));
  const slopeMs = (second.medianMs - first.medianMs) / (second.size - first.size);
  const expectedMs = first.medianMs + slopeMs * (last.size - first.size);
  const percent = Math.round((last.medianMs / expectedMs) * 100);
  return `**${last.name}** take ${formatMs(last.medianMs)}, with ${formatMb(last.outsideKb)} of memory outside and ${formatMb(last.insideKb)} inside. A straight line
through ${formatCount(first.size)} and ${second.name} would be at ${formatMs(expectedMs)}. The time is ${percent} % of that.`;
}
