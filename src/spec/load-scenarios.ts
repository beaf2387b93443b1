import { SpecError } from '../errors.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Scenario } from '../model/scenario.js';
import { findScenarioFiles, STDIN, type Found } from './find-scenario-files.js';
import { parseScenarios } from './parse-scenarios.js';
import { readScenarioText } from './read-scenario-text.js';

/**
 * Reads scenarios from files, from folders at any depth, and from standard input, for which `-` stands.
 * A file that is found twice is read once.
 *
 * @throws {SpecError} with everything that is wrong with any of them: by file in the order given, then by line and column
 */
export async function loadScenarios(paths: string[]): Promise<Scenario[]> {
  const scenarios: Scenario[] = [];
  const diagnostics: Diagnostic[] = [];
  const loaded = new Set<string>();
  for (const path of paths) {
    if (path === STDIN && loaded.has(STDIN)) {
      diagnostics.push(makeFileDiagnostic(path, 'standard input can be read only once'));
    }
    for (const found of await findScenarioFiles(path)) {
      if ('real' in found && loaded.has(found.real)) {
        continue;
      }
      if ('real' in found) {
        loaded.add(found.real);
      }
      const file = await loadFile(found);
      scenarios.push(...file.scenarios);
      diagnostics.push(...file.diagnostics);
    }
  }
  if (diagnostics.length > 0) {
    throw new SpecError(diagnostics);
  }
  return scenarios;
}

async function loadFile(found: Found): Promise<{ scenarios: Scenario[]; diagnostics: Diagnostic[] }> {
  const read = 'problem' in found ? found : await readScenarioText(found.path);
  if ('problem' in read) {
    return { scenarios: [], diagnostics: [makeFileDiagnostic(found.path, read.problem)] };
  }
  return parseScenarios(read.text, getShownPath(found.path));
}

function makeFileDiagnostic(path: string, message: string): Diagnostic {
  return { file: getShownPath(path), line: 1, column: 1, message, pointer: null };
}

function getShownPath(path: string): string {
  return path === STDIN ? '<stdin>' : path;
}
