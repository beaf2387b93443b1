import './sandbox/no-debugger.js';
import { EXIT_CODES } from './cli/output/exit-codes.js';
import { endUnused, startEarly } from './sandbox/processes.js';
import { listCallersDescriptors } from './sandbox/program/descriptors.js';

const EXEC = 'exec';
const SHELL = 'shell';
/** The commands that need a sandbox. */
const COMMANDS_WITH_SANDBOX = ['run', 'probe', EXEC, SHELL];
/** The options with which they need none. */
const OPTIONS_WITHOUT_SANDBOX = ['--help', '-h', '--list', '--watch'];

const args = process.argv.slice(2);
const isExec = args[0] === EXEC;
// What follows -- belongs to exec's program.
const own = isExec ? args.slice(0, Math.max(0, args.indexOf('--'))) : args;
/** In a world, `loopfw probe` without rules asks that world. */
const asksWorld = args[0] === 'probe' && process.env['LOOPFW_CONTROL'] && !args.some((arg) => /^--rule(?:set)?(?:=|$)/.test(arg));
if (COMMANDS_WITH_SANDBOX.includes(own[0] ?? '') && !asksWorld && !own.some((arg) => OPTIONS_WITHOUT_SANDBOX.includes(arg))) {
  const hosts = isExec || args[0] === SHELL;
  if (hosts) {
    listCallersDescriptors(); // before the sandbox has files here
  }
  const isStrong = args[0] === SHELL || own.includes('--allow-net-admin');
  startEarly({ program: hosts ? (isStrong ? 'strong' : 'weak') : 'none' });
}

let isOver = false;
// Node.js exits when the event loop is empty. Before main() has finished, that is an internal error.
process.once('beforeExit', () => {
  process.exitCode = isOver ? process.exitCode : EXIT_CODES.internal;
});
void import('./cli/main.js')
  .then(({ main }) => main(args))
  .then(async (exitCode) => {
    await endUnused();
    // process.exit() is not used: it would cut off a report in a pipe at 64 KiB.
    // A failed write (a full disk) may have set an exit code already. The higher code counts.
    isOver = true;
    process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));
  });
