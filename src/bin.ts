import { EXIT_CODES } from './cli/exit-codes.js';
import { main } from './cli/main.js';

let isOver = false;
// What waits in vain for something that never comes ends without a word, and is no success.
process.once('exit', () => {
  process.exitCode = isOver ? process.exitCode : EXIT_CODES.internal;
});
void main(process.argv.slice(2)).then((exitCode) => {
  // Not process.exit(): it would cut a report off in a pipe at 64 KiB. What failed meanwhile (a full disk) has set a code already.
  isOver = true;
  process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));
});
