// The scenario library as the files have it, before loopfw reads it.
import { readdirSync, readFileSync } from 'node:fs';
import type { RulesetInput, ScenarioInput } from '../../src/model/scenario-file.js';
import { ROOT } from './package.js';

export interface LibraryScenario {
  /** The path of the file in scenarios/. */
  file: string;
  scenario: ScenarioInput;
}

/** The rule set files of a scenario. */
export function listRulesets({ ruleset }: ScenarioInput): RulesetInput[] {
  return ruleset === undefined ? [] : [ruleset].flat();
}

export const LIBRARY = `${ROOT}/scenarios`;

export function readLibrary(): LibraryScenario[] {
  return readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => readScenarios(file).map((scenario) => ({ file, scenario })));
}

function readScenarios(file: string): ScenarioInput[] {
  const content = JSON.parse(readFileSync(`${LIBRARY}/${file}`, 'utf8')) as ScenarioInput | ScenarioInput[];
  return Array.isArray(content) ? content : [content];
}
