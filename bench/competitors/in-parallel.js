import { runProcess } from '../run-process.js';

/**
 * Runs a command once for each line of a file, `jobs` at once, each time in its own network namespace. The words of the line are the last
 * arguments of the command.
 * @throws if not every run prints `ok`
 */
export async function runInParallel(command, { file, runs, jobs }) {
  const { ms, stdout } = await runProcess('xargs', ['-a', file, '-P', `${jobs}`, '-L', '1', 'unshare', '--net', ...command]);
  const right = stdout.split('\n').filter((said) => said === 'ok').length;
  if (right !== runs) {
    throw new Error(`${right} of ${runs} runs of ${command.join(' ')} said ok`);
  }
  return { ms };
}
