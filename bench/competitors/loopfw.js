import { runProcess } from '../run-process.js';
import { watchMemory } from '../watch-memory.js';
import { asOrdinaryUser } from './ordinary-user.js';

export const BIN = new URL('../../dist/bin.js', import.meta.url).pathname;

/**
 * Runs `loopfw run PATH` as users do.
 * @throws unless all probes passed
 */
export async function runLoopfw(path, probes, { isRoot = true, options = [] } = {}) {
  const { ms, stdout, found } = await start(['run', ...options, path], isRoot, { onStart: watchMemory });
  if (!stdout.includes(`${probes} probes: ${probes} passed (`)) {
    throw new Error(`loopfw did not pass ${probes} probes, but said: ${stdout.trim().split('\n').at(-1)}`);
  }
  return { ms, memory: found };
}

/**
 * Runs loopfw with JSON output, which has all evidence.
 * @param isRight an additional condition for the result of a probe
 * @throws unless all probes passed with evidence from the kernel's trace
 */
export async function runLoopfwForEvidence(file, probes, { isRight = () => true, isRoot = true } = {}) {
  const { ms, stdout } = await start(['run', '-r', 'json', file], isRoot);
  const results = JSON.parse(stdout).scenarios.flatMap((scenario) => scenario.probes);
  const right = results.filter((probe) => probe.status === 'passed' && probe.evidence === 'trace' && isRight(probe)).length;
  if (results.length !== probes || right !== probes) {
    throw new Error(`loopfw was right about ${right} of ${probes} probes`);
  }
  return { ms };
}

/**
 * Runs `loopfw check FOLDER`.
 * @throws unless it has no problem with that many files
 */
export async function checkByLoopfw(folder, files) {
  const { ms, stdout } = await start(['check', folder], true);
  if (!stdout.startsWith(`no problems: ${files} files,`)) {
    throw new Error(`loopfw should have checked ${files} files, but said: ${stdout.trim().split('\n').at(-1)}`);
  }
  return { ms };
}

function start(args, isRoot, options) {
  const command = [process.execPath, BIN, ...args];
  const [program, ...rest] = isRoot ? command : asOrdinaryUser(command);
  return runProcess(program, rest, options);
}
