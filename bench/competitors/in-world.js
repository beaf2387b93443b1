import { fileURLToPath } from 'node:url';
import { runProcess } from '../run-process.js';

const INSIDE = fileURLToPath(new URL('inside.js', import.meta.url));

/**
 * Runs a command in its own network namespace. lo is up, rules are applied and ports are open before the clock starts.
 * @param work see inside.js
 */
export async function runInWorld(work) {
  const { stdout } = await runProcess('unshare', ['--net', process.execPath, INSIDE, JSON.stringify(work)]);
  return JSON.parse(stdout);
}
