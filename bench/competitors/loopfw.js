import { runProcess } from '../run-process.js';
import { watchMemory } from '../watch-memory.js';

const BIN = new URL('../../dist/bin.js', import.meta.url).pathname;

/** `loopfw run FILE`, as people call it: all its probes must have passed. */
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
 * The same with the whole evidence as JSON: all probes must have passed, and the kernel's trace must speak of each.
 * @param isRight what else must hold for a probe's result
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
