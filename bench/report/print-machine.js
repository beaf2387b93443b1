import { toMarkdown } from './print-table.js';

const QUICK = `**This is a trial (\`--quick\`): less work and two runs each. Nothing should be made of its figures.**\n\n`;
/** A machine that does something else as well makes everyone slower, and not everyone alike. */
const BUSY = '**The machine was busy before this run began. Its figures are not to be relied on.**\n\n';

/** How the figures were taken, and where. */
export function printMachine({ takenOn, quick, machine, missing }) {
  const { loopfw, kernel, node, iptables, nmap, nc, processor, cores, memoryGib, loadBefore } = machine;
  const facts = [
    ['loopfw', loopfw],
    ['kernel', `Linux ${kernel}`],
    ['Node.js', node],
    ['iptables', iptables],
    ['nmap', nmap],
    ['nc', nc === undefined ? undefined : `OpenBSD ${nc}`],
    ['processor', `${processor}, ${cores} cores`],
    ['memory', `${memoryGib} GiB`],
    ['load before', `${loadBefore}`],
  ].filter(([, value]) => value !== undefined);
  return `${quick ? QUICK : ''}${loadBefore > cores / 2 ? BUSY : ''}How long loopfw takes, and how long what people would do instead. All of it was measured in one run on ${takenOn}, on this machine:

${toMarkdown(['', ''], facts)}

This file and \`bench/results.json\` are written by \`npm run bench\`, as root. Whoever is compared takes turns within the run; the figures are
medians. A time is that of the whole process unless said otherwise, in the same bare environment for all. Every answer is checked: a wrong
one ends the run, and nothing is written. Everything runs in network namespaces, nothing on the machine's own network.${printMissing(missing)}`;
}

function printMissing(missing) {
  const names = missing.map(({ command, package: name }) => `\`${command}\` (Debian's package ${name})`);
  return names.length === 0 ? '' : `\n\nNot installed, and so left out: ${names.join(', ')}.`;
}
