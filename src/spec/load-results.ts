import { promises as fs } from 'node:fs';
import { SpecError } from '../errors.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { ResultFile } from '../model/result-file.js';
import { findRepeatedRuns } from './find-repeated-runs.js';
import { STDIN } from './find-scenario-files.js';
import { parseResult } from './parse-result.js';
import { readScenarioText } from './read-scenario-text.js';

/**
 * The largest document that is read. A thousand scenarios with their journeys take about 10 MiB; a string of Node.js has at most 512 Mi
 * characters.
 */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Reads result documents, as `-r json` writes them. A path is a file, or `-` for standard input. A file that is named twice is read once.
 *
 * @throws {SpecError} with all errors of all documents, in the order of the paths; a run that occurs twice is an error too
 */
export async function loadResults(paths: string[]): Promise<ResultFile[]> {
  const results: (ResultFile & { text: string })[] = [];
  const diagnostics: Diagnostic[] = [];
  const loaded = new Set<string>();
  for (const path of paths) {
    const file = path === STDIN ? '<stdin>' : path;
    const real = path === STDIN ? STDIN : await fs.realpath(path).catch(() => path);
    if (loaded.has(real)) {
      diagnostics.push(...(path === STDIN ? [makeFileDiagnostic(file, 'standard input can be read only once')] : []));
      continue;
    }
    loaded.add(real);
    const read = await readScenarioText(path, { mostBytes: MOST_BYTES });
    const parsed = 'problem' in read ? [makeFileDiagnostic(file, read.problem)] : parseResult(read.text, file);
    if (Array.isArray(parsed)) {
      diagnostics.push(...parsed);
    } else {
      results.push({ file, result: parsed, text: 'text' in read ? read.text : '' });
    }
  }
  diagnostics.push(...findRepeatedRuns(results));
  if (diagnostics.length > 0) {
    throw new SpecError(diagnostics, 'the result documents');
  }
  return results.map(({ file, result }) => ({ file, result }));
}

function makeFileDiagnostic(file: string, message: string): Diagnostic {
  return { file, line: 1, column: 1, message, pointer: null };
}
