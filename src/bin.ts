import './no-debugger.js';
import { EXIT_CODES } from './cli/exit-codes.js';
import { main } from './cli/main.js';

let isOver = false;
// Node.js ends when nothing is left to wait for. With the work undone that is no success.
process.once('beforeExit', () => {
  process.exitCode = isOver ? process.exitCode : EXIT_CODES.internal;
});
void main(process.argv.slice(2)).then((exitCode) => {
  // Not process.exit(): it would cut a report off in a pipe at 64 KiB. What failed meanwhile (a full disk) has set a code already.
  isOver = true;
  process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));
});
