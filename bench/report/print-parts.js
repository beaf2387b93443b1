import { FLOOR, TRACED_FLOOR } from '../competitors/floor.js';
import { TWO_STARTS } from '../competitors/node.js';
import { commands } from '../rows/commands.js';
import { one } from '../rows/one.js';
import { formatMs, formatRatio } from './format.js';
import { toMarkdown } from './print-table.js';

const PROSE = `What each time of loopfw consists of. Every part is measured by itself, in this run.

- **kernel and iptables** is the floor, \`bench/competitors/floor.c\`. It does the same work with raw system calls, and without evidence.
- **evidence** is what the evidence needs in the kernel: the "${TRACED_FLOOR}" takes so much longer than the floor.
- **Node.js** is "${TWO_STARTS}" in the section "One scenario": loopfw's two processes before they do anything.
- **commands** is what execa and Node.js need to start loopfw's commands, beyond posix_spawn. It is from the section "${commands.title}".
- **loopfw** is the rest: to load, read, plan, judge and report.

The parts are from different programs, and some of them overlap in loopfw. So a rest can be too small, even below zero.`;

/** A line for each case with a floor. Empty where the rows that measure the parts were left out. */
export function printParts(measured) {
  const [start] = getCases(measured, one.id);
  const [alone, many] = getCases(measured, commands.id);
  const starts = start && getMedian(start, TWO_STARTS);
  const cases = measured.flatMap(({ cases }) => cases).filter((each) => each.commands !== undefined);
  const compared = cases.filter((each) => getMedian(each, FLOOR) !== undefined);
  if (starts === undefined || alone === undefined || compared.length === 0) {
    return [];
  }
  const lines = compared.map((each) => {
    const [loopfw] = each.entries;
    const floor = getMedian(each, FLOOR);
    const evidence = getMedian(each, TRACED_FLOOR) - floor;
    const node = getMedian(each, TWO_STARTS) ?? starts;
    const started = each.commands * getSurplus(each.commands === 1 ? alone : many);
    return [
      each.name,
      formatMs(loopfw.medianMs),
      ...[floor, evidence, node, started, loopfw.medianMs - floor - evidence - node - started].map(formatMs),
      formatRatio(loopfw.medianMs / floor),
    ];
  });
  return [
    '## Why it is not less',
    PROSE,
    toMarkdown(['work', 'all', 'kernel and iptables', 'evidence', 'Node.js', 'commands', 'loopfw', 'all against the floor'], lines),
  ];
}

function getCases(measured, id) {
  return measured.find((row) => row.id === id)?.cases ?? [];
}

function getMedian({ entries }, name) {
  return entries.find((entry) => entry.name === name)?.medianMs;
}

/** How much longer one command takes by loopfw's way, which is the first entry, than in the C program. */
function getSurplus(measuredCommands) {
  return (measuredCommands.entries[0].medianMs - getMedian(measuredCommands, FLOOR)) / measuredCommands.size;
}
