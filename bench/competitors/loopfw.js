import { runProcess } from '../run-process.js';
import { watchMemory } from '../watch-memory.js';

const BIN = new URL('../../dist/bin.js', import.meta.url).pathname;

/**
 * Runs `loopfw run FILE` as users do.
 * @throws unless all probes passed
 */
export async function runLoopfw(file, probes) {
  const { ms, stdout, found } = await runProcess(process.execPath, [BIN, 'run', file], {
    onStart: watchMemory,
  });
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
export async function runLoopfwForEvidence(file, probes, isRight = () => true) {
  const { ms, stdout } = await runProcess(process.execPath, [BIN, 'run', '-r', 'json', file]);
  const results = JSON.parse(stdout).scenarios.flatMap((scenario) => scenario.probes);
  const right = results.filter((probe) => probe.status === 'passed' && probe.evidence === 'trace' && isRight(probe)).length;
  if (results.length !== probes || right !== probes) {
    throw new Error(`loopfw was right about ${right} of ${probes} probes`);
  }
  return { ms };
}
