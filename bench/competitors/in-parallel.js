import { runProcess } from '../run-process.js';

/**
 * Runs a command once for each line of a file, with the line's words as its last arguments, in a network namespace of its own each time,
 * `jobs` at once. Each must say ok.
 */
export async function runInParallel(command, { file, runs, jobs }) {
  const { ms, stdout } = await runProcess('xargs', ['-a', file, '-P', `${jobs}`, '-L', '1', 'unshare', '--net', ...command]);
  const right = stdout.split('\n').filter((said) => said === 'ok').length;
  if (right !== runs) {
    throw new Error(`${right} of ${runs} runs of ${command.join(' ')} said ok`);
  }
  return { ms };
}
