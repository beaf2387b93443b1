import { readFile } from 'node:fs/promises';
import { EXIT_CODES } from '../output/exit-codes.js';
import { assertOutputOpen } from '../output/standard-output.js';

/** `loopfw schema`: prints a JSON Schema of the package as it is. Returns the exit code. */
export async function schemaCommand(document: 'scenario' | 'result' | 'diff'): Promise<number> {
  assertOutputOpen();
  process.stdout.write(await readFile(new URL(`../../../schema/${document}.json`, import.meta.url), 'utf8'));
  return EXIT_CODES.passed;
}
