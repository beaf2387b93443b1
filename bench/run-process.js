import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const TIME_LIMIT_MS = 30 * 60_000;
/** The environment of all programs. NODE_OPTIONS or NODE_EXTRA_CA_CERTS of the caller would slow down each start of Node.js. */
const ENVIRONMENT = { PATH: `${process.env.PATH}:/usr/sbin:/sbin`, LC_ALL: 'C' };

/**
 * Runs a program to its end and measures the time from before its start until it has exited and its output has ended.
 * @throws unless its exit code is 0
 */
export async function runProcess(command, args, { onStart } = {}) {
  const started = performance.now();
  const child = spawn(command, args, {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  const finish = onStart?.(child.pid);
  const [stdout, stderr, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const ms = performance.now() - started;
  const found = finish?.();
  if (code !== 0) {
    const said = `${stdout.slice(-2000)}\n${stderr.slice(-2000)}`.trim();
    throw new Error(`${[command, ...args].join(' ').slice(0, 500)} ended with ${signal ?? code}:\n${said}`);
  }
  return { ms, stdout, found };
}
