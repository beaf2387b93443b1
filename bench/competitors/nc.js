import { runInWorld } from './in-world.js';

/** What nc prints for each kind of answer. */
const WORDS = { connected: 'succeeded!', refused: 'Connection refused', unreachable: 'No route to host', silent: 'timed out' };

/**
 * Runs `nc -v -z -w1` over ranges of ports, one port after the other. nc waits a second for each silent port.
 * @param expected how many ports must give each answer (the keys above)
 * @throws if nc reports other numbers
 */
export async function runNc({ restore, listen = null, ranges, target }, expected) {
  // nc's exit code is that of the last port only. Its output goes to standard error.
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
