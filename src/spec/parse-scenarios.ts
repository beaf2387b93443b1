import type { Diagnostic } from '../model/diagnostic.js';
import type { Scenario } from '../model/scenario.js';
import { findDuplicateKeys } from './find-duplicate-keys.js';
import { findSchemaErrors } from './find-schema-errors.js';
import { parseJson } from './parse-json.js';
import { Place } from './place.js';
import { ProblemList } from './problem-list.js';
import { reportSchemaErrors } from './report-schema-errors.js';
import { resolveScenario } from './resolve-scenario.js';
import type { RulesetChoice, RulesetText } from './ruleset-files.js';
import { collectNames } from './unique-names.js';

export interface ParseOptions {
  /** The texts of the rule set files that the scenarios name, by what they call them. loadScenarios reads them itself. */
  rulesets?: ReadonlyMap<string, RulesetText>;
  /** A rule set for the scenarios, in the place of their own. */
  instead?: RulesetChoice | null;
}

interface Parsed {
  scenarios: Scenario[];
  diagnostics: Diagnostic[];
}

/** What a file's text says: its scenarios, or everything that is wrong with it, by line and column. */
export function parseScenarios(text: string, file: string, options: ParseOptions = {}): Parsed {
  return resolveDocument(parseJson(text), file, options);
}

/** What a file says that has been parsed already. */
export function resolveDocument(json: ReturnType<typeof parseJson>, file: string, { rulesets, instead = null }: ParseOptions): Parsed {
  if ('message' in json) {
    return { scenarios: [], diagnostics: [{ file, ...json.position, message: json.message, pointer: null }] };
  }

  const problems = new ProblemList(file, json.root);
  findDuplicateKeys(json.root, problems);
  reportSchemaErrors(findSchemaErrors(json.value), problems);
  const root = new Place(problems, json.value);
  const places = Array.isArray(json.value) ? root.items() : [root];
  collectNames('scenario', places, (index) => `the one on line ${places[index]?.position.line}`);
  const files = { texts: rulesets ?? new Map<string, RulesetText>(), instead };
  const scenarios = places.map((place) => resolveScenario(place, files));
  return { scenarios: problems.isEmpty ? scenarios.filter((scenario) => scenario !== null) : [], diagnostics: problems.toSorted() };
}
