import { main } from './cli/main.js';

void main(process.argv.slice(2)).then((exitCode) => {
  // Not process.exit(): it would cut a report off in a pipe at 64 KiB. What failed meanwhile (a full disk) has set a code already.
  process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));
});
