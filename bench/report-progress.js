/** One line on standard error, rewritten on a terminal. */
export function reportProgress(line) {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[Kbench: ${line}` : `bench: ${line}\n`);
}
