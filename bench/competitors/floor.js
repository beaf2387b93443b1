import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printRestore } from '../founding.js';
import { runProcess } from '../run-process.js';
import { asOrdinaryUser } from './ordinary-user.js';

const SOURCE = fileURLToPath(new URL('floor.c', import.meta.url));
/** The names of the entries with which each case is compared in the table of parts. */
export const FLOOR = 'floor';
export const TRACED_FLOOR = 'floor with controls and trace';
/** How many scenarios are run at once. More processes than processors use the time in which the kernel lets one wait. */
const JOBS = 16;
/** As loopfw has it: every packet on lo passes this chain. */
const TRACE = '*raw\n-A OUTPUT -j TRACE\nCOMMIT\n';

/** Compiles the program into the bench's folder. */
export async function compileFloor(folder) {
  await runProcess('cc', ['-O2', '-o', getProgram(folder), SOURCE]);
}

/**
 * Makes the entries of the C program for the work of a case: without evidence, and with what the evidence costs in the kernel.
 * @param scenarios each has rules (lines for iptables-restore), servers ({ address, ports }), and probes ({ outcome, from, to, ports,
 * control }). control is the outcome without the rules: connected by default. ports are [first, last].
 * @param isRoot without it an ordinary user runs the program, in a user namespace
 */
export async function makeFloorEntries({ folder, name, scenarios, jobs = JOBS, isRoot = true }) {
  const variants = [
    { name: FLOOR, isTraced: false },
    { name: TRACED_FLOOR, isTraced: true },
  ];
  return Promise.all(
    variants.map(async (variant) => {
      const own = join(folder, `${name}-${variant.isTraced ? 'traced' : 'bare'}`);
      const file = await writeScenarios(own, scenarios, variant.isTraced);
      return { name: variant.name, needs: 'cc', run: () => runFloor([getProgram(folder), file, `${jobs}`], isRoot) };
    }),
  );
}

async function writeScenarios(folder, scenarios, isTraced) {
  await mkdir(folder);
  const texts = scenarios.map(async (scenario, place) => {
    const rules = join(folder, `${place}.v4`);
    await writeFile(rules, `${isTraced ? TRACE : ''}${printRestore(scenario.rules)}`);
    return `${printLines(scenario, rules, isTraced).join('\n')}\n`;
  });
  const file = join(folder, 'scenarios');
  await writeFile(file, (await Promise.all(texts)).join(''));
  return file;
}

function printLines({ servers, probes }, rules, isTraced) {
  return [
    'scenario',
    ...servers.map(({ address, ports }) => `listen ${address} ${ports.join(' ')}`),
    ...(isTraced ? ['trace', ...probes.map((probe) => printProbe(probe.control ?? 'connected', probe))] : []),
    `rules ${rules}`,
    ...probes.map((probe) => printProbe(probe.outcome, probe)),
  ];
}

function printProbe(outcome, { from, to, ports }) {
  return `${outcome} ${from} ${to} ${ports.join(' ')}`;
}

/** @throws unless every outcome was right: the program ends with 1 then */
async function runFloor(command, isRoot) {
  const [program, ...args] = isRoot ? command : asOrdinaryUser(['unshare', '--user', '--map-root-user', '--', ...command]);
  const { ms } = await runProcess(program, args);
  return { ms };
}

function getProgram(folder) {
  return join(folder, 'floor');
}
