import { formatMs, formatRatio } from './format.js';
import { toMarkdown } from './print-table.js';

/** A line for each case: loopfw, and how the others compare with it. */
export function printSummary(cases) {
  const lines = cases.map(({ name, entries: [loopfw, ...others] }) => [
    name,
    `${formatMs(loopfw.medianMs)}${loopfw.name === 'loopfw' ? '' : ` (${loopfw.name.replace(/^loopfw, /, '')})`}`,
    others.map(({ name: other, medianMs }) => `${other} ${formatMs(medianMs)} (${formatRatio(medianMs / loopfw.medianMs)})`).join(' · '),
  ]);
  return toMarkdown(['work', 'loopfw', 'others'], lines);
}
