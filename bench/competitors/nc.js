import { runInWorld } from './in-world.js';

/** What nc says of each kind of answer. */
const WORDS = { connected: 'succeeded!', refused: 'Connection refused', unreachable: 'No route to host', silence: 'timed out' };

/**
 * `nc -v -z -w1` over ranges of ports, one port after the other, waiting a second for each that is silent.
 * @param expected how many ports must be what, in the words above
 */
export async function runNc({ restore, listen = null, ranges, target }, expected) {
  // Its exit code speaks of the last port alone, and it talks on standard error.
  const scan = `for range in ${ranges.join(' ')}; do nc -n -v -z -w1 ${target} $range 2>&1; done; true`;
  const { ms, stdout } = await runInWorld({ restore, listen, command: ['sh', '-c', scan] });
  for (const [answer, count] of Object.entries(expected)) {
    const found = stdout.split(WORDS[answer]).length - 1;
    if (found !== count) {
      throw new Error(`nc should have said ${count} times "${WORDS[answer]}", and did so ${found} times`);
    }
  }
  return { ms };
}
