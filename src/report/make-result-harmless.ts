import type { Result, ScenarioResult } from '../model/result.js';
import { makeHarmless } from '../words/harmless.js';

/**
 * A result whose texts are all safe to print on a terminal, each in one line; only what a command printed keeps its lines. Every reporter for
 * people begins with it: a result may be somebody else's document (`loopfw merge`), and no text of it can be forgotten.
 */
export function makeResultHarmless(result: Result): Result {
  return { ...(mapTexts({ ...result, scenarios: [] }) as Result), scenarios: result.scenarios.map(makeScenarioHarmless) };
}

function makeScenarioHarmless(scenario: ScenarioResult): ScenarioResult {
  const { error } = scenario;
  const lines = error?.message.split('\n').map(makeHarmless) ?? [];
  return { ...(mapTexts(scenario) as ScenarioResult), error: error && { ...error, message: lines.join('\n') } };
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
