import './sandbox/no-debugger.js';
import { main } from './cli/main.js';
import { EXIT_CODES } from './cli/output/exit-codes.js';

let isOver = false;
// Node.js exits when the event loop is empty. Before main() has finished, that is an internal error.
process.once('beforeExit', () => {
  process.exitCode = isOver ? process.exitCode : EXIT_CODES.internal;
});
void main(process.argv.slice(2)).then((exitCode) => {
  // process.exit() is not used: it would cut off a report in a pipe at 64 KiB.
  // A failed write (a full disk) may have set an exit code already. The higher code counts.
  isOver = true;
  process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));
});
