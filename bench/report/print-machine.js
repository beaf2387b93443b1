import { toMarkdown } from './print-table.js';

const QUICK = `**This is a trial (\`--quick\`) with less work and two runs each. Do not rely on its figures.**\n\n`;
/** A calm machine does a little by itself. */
const BUSY_PERCENT = 5;
/** Other work on the machine slows the programs down, and some more than others. */
const BUSY = '**The machine was busy before this run began. Do not rely on its figures.**\n\n';

/** How and where the figures were measured. */
export function printMachine({ takenOn, quick, machine, missing }) {
  const { loopfw, kernel, node, iptables, nmap, nc, processor, cores, memoryGib, busyBefore } = machine;
  const facts = [
    ['loopfw', loopfw],
    ['kernel', `Linux ${kernel}`],
    ['Node.js', node],
    ['iptables', iptables],
    ['nmap', nmap],
    ['nc', nc === undefined ? undefined : `OpenBSD ${nc}`],
    ['processor', `${processor}, ${cores} cores`],
    ['memory', `${memoryGib} GiB`],
    ['processor time that other programs took before', `${busyBefore} %`],
  ].filter(([, value]) => value !== undefined);
  return `${quick ? QUICK : ''}${busyBefore > BUSY_PERCENT ? BUSY : ''}This page says how long loopfw takes, and how long other ways of doing the same take. All of it was measured in one run on ${takenOn},
on this machine:

${toMarkdown(['', ''], facts)}

\`npm run bench\`, as root, writes this file and \`bench/results.json\`.

- The programs take turns within the run, and the figures are medians.
- **each** is the time divided by the size of the work: for one scenario, port, probe, rule, file, suite or command.
- A time is that of the whole process, unless the text says otherwise.
- The environment is the same for all, and bare.
- Every answer is checked. A wrong one ends the run, and nothing is written.
- Everything runs in network namespaces, and nothing on the machine's own network.${printMissing(missing)}`;
}

function printMissing(missing) {
  const names = missing.map(({ name, remedy }) => `\`${name}\` (this needs ${remedy})`);
  return names.length === 0 ? '' : `\n\nThese are missing on this machine, and so left out: ${names.join(', ')}.`;
}
