import { parseScenarios } from '../../src/input/scenario/parse.js';
import type { Warning } from '../../src/model/result.js';

/** The probe of a scenario that names none. */
export const PROBE = { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'connected' };

/**
 * The warnings about a scenario. Its name and its probe are filled in where it has none.
 * @param rulesets the texts of its rule set files, by their names
 * @throws if the scenario has a mistake
 */
export function findScenarioWarnings(scenario: object, rulesets: Record<string, string> = {}): Warning[] {
  const files = new Map(Object.entries(rulesets).map(([name, text]) => [name, { text }]));
  const text = JSON.stringify({ name: 'a', probes: [PROBE], ...scenario });
  const { scenarios, diagnostics } = parseScenarios(text, 'a.json', { rulesets: files });
  if (diagnostics.length > 0) {
    throw new Error(JSON.stringify(diagnostics));
  }
  return scenarios.flatMap(({ warnings }) => warnings);
}

/** The warnings as texts: `code file:line message`. */
export function printScenarioWarnings(scenario: object, rulesets: Record<string, string> = {}): string[] {
  return findScenarioWarnings(scenario, rulesets).map(({ code, file, line, message }) => `${code} ${file}:${line} ${message}`);
}
