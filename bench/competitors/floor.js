import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../run-process.js';
import { asOrdinaryUser } from './ordinary-user.js';

const SOURCE = fileURLToPath(new URL('floor.c', import.meta.url));
/** The name of the entry with which each case is compared in the table of parts. */
export const FLOOR = 'floor';
/** How many scenarios are run at once. More processes than processors use the time in which the kernel lets one wait. */
const JOBS = 16;

/** Compiles the program into the bench's folder. */
export async function compileFloor(folder) {
  await runProcess('cc', ['-O2', '-o', getProgram(folder), SOURCE]);
}

/**
 * Makes the entry of the C program that does the work of a case without evidence.
 * @param scenarios for each its rules (text for iptables-restore), and its lines, as floor.c describes them
 * @param isRoot without it an ordinary user runs the program, in a user namespace
 */
export async function makeFloorEntry({ folder, name, scenarios, jobs = JOBS, isRoot = true }) {
  const file = join(folder, `${name}.floor`);
  const texts = scenarios.map(async ({ rules, lines }, place) => {
    const path = join(folder, `${name}.floor.${place}.v4`);
    await writeFile(path, rules);
    return [`scenario ${path}`, ...lines, ''].join('\n');
  });
  await writeFile(file, (await Promise.all(texts)).join(''));
  return { name: FLOOR, needs: 'cc', run: () => runFloor([getProgram(folder), file, `${jobs}`], isRoot) };
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
