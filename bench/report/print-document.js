import { rows } from '../rows.js';
import { growth } from '../rows/growth.js';
import { printBars } from './print-bars.js';
import { printGrowthBars, printGrowthSentence, printGrowthTable } from './print-growth.js';
import { printMachine } from './print-machine.js';
import { printParts } from './print-parts.js';
import { printSummary } from './print-summary.js';
import { printTable } from './print-table.js';

const LEGEND = "The figure in brackets is the time against loopfw's. Less than 1 × is quicker than loopfw.";

/** Makes docs/performance.md from the content of results.json. */
export function printDocument(results) {
  const measured = results.rows.map(({ id, cases }) => ({ ...rows.find((row) => row.id === id), cases }));
  const compared = measured.filter(({ id, isOfParts }) => id !== growth.id && isOfParts !== true).flatMap(({ cases }) => cases);
  const grown = measured.filter(({ id }) => id === growth.id).map(({ cases }) => printGrowthSentence(cases));
  const parts = [
    '# Performance',
    printMachine(results),
    '## In short',
    ...(compared.length > 0 ? [LEGEND, printSummary(compared)] : []),
    ...grown,
    ...printParts(measured),
    ...measured.flatMap(printRow),
  ];
  return `${parts.join('\n\n')}\n`;
}

function printRow({ id, title, prose, cases }) {
  const pictures = id === growth.id ? [printGrowthTable(cases), printGrowthBars(cases)] : [printTable(cases), printBars(cases)];
  return [`## ${title}`, prose, ...pictures];
}
