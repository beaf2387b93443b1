import type { Result, ScenarioResult } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';

/**
 * A result whose texts are all safe for a terminal. Each text is one line; only the output of a command and a rule set file keep their lines, and the file its tabs.
 * Every reporter for people starts with it, so no text can be forgotten. A result may come from another author (`loopfw merge`).
 */
export function makeResultHarmless(result: Result): Result {
  return { ...(mapTexts({ ...result, scenarios: [] }) as Result), scenarios: result.scenarios.map(makeScenarioHarmless) };
}

/** Does the same for one scenario. */
export function makeScenarioHarmless(scenario: ScenarioResult): ScenarioResult {
  const { error } = scenario;
  const { ruleSets, ...rest } = scenario;
  return {
    ...(mapTexts(rest) as ScenarioResult),
    error: error && { ...error, message: keepLines(error.message) },
    ruleSets: ruleSets.map(({ text, ...file }) => ({ ...(mapTexts(file) as typeof file), text: keepTabs(text) })),
  };
}

/** Does the same for a part of a result, in which each text is one line. */
export function makeAllHarmless<Part>(part: Part): Part {
  return mapTexts(part) as Part;
}

function keepLines(text: string): string {
  return text.split('\n').map(makeHarmless).join('\n');
}

/** Rule set files have tabs, too. */
function keepTabs(text: string): string {
  return text.split('\t').map(keepLines).join('\t');
}

function mapTexts(value: unknown): unknown {
  if (typeof value === 'string') {
    return makeHarmless(value);
  }
  if (Array.isArray(value)) {
    return value.map(mapTexts);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner)]))
    : value;
}
