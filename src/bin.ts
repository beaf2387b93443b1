import './sandbox/no-debugger.js';
import { EXIT_CODES } from './cli/output/exit-codes.js';
import { endUnused, startEarly } from './sandbox/processes.js';

/** The commands that need a sandbox. For exec it is not started early: its files would be mistaken for files of the caller. */
const COMMANDS_WITH_SANDBOX = ['run', 'probe'];
/** The options with which they need none. */
const OPTIONS_WITHOUT_SANDBOX = ['--help', '-h', '--list', '--watch'];

const args = process.argv.slice(2);
if (COMMANDS_WITH_SANDBOX.includes(args[0] ?? '') && !args.some((arg) => OPTIONS_WITHOUT_SANDBOX.includes(arg))) {
  startEarly();
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
