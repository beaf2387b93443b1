import { rows } from '../rows.js';
import { growth } from '../rows/growth.js';
import { printBars } from './print-bars.js';
import { printGrowthBars, printGrowthSentence, printGrowthTable } from './print-growth.js';
import { printMachine } from './print-machine.js';
import { printSentence } from './print-sentence.js';
import { printTable } from './print-table.js';

const LEGEND = 'In brackets: how many times as long as loopfw takes for the same work. Less than 1 is quicker than loopfw.';

/** docs/performance.md, from what results.json holds. */
export function printDocument(results) {
  const measured = results.rows.map(({ id, cases }) => ({ ...rows.find((row) => row.id === id), cases }));
  const parts = [
    '# Performance',
    printMachine(results),
    '## In short',
    measured.map(printSummary).join('\n'),
    ...measured.flatMap(printRow),
  ];
  return `${parts.join('\n\n')}\n`;
}

function printSummary({ id, cases }) {
  return (id === growth.id ? [printGrowthSentence(cases)] : cases.map(printSentence)).map((sentence) => `- ${sentence}`).join('\n');
}

function printRow({ id, title, prose, cases }) {
  const pictures = id === growth.id ? [printGrowthTable(cases), printGrowthBars(cases)] : [printTable(cases), printBars(cases)];
  return [`## ${title}`, prose, ...pictures];
}
