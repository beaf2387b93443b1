import type { Diagnostic } from '../model/diagnostic.js';
import type { Scenario } from '../model/scenario.js';
import { quote } from '../words/phrases.js';
import { findSchemaErrors } from './find-schema-errors.js';
import { joinPointer } from './locate-pointer.js';
import { parseJson, type DuplicateKey } from './parse-json.js';
import { Place } from './place.js';
import { ProblemList } from './problem-list.js';
import { reportSchemaErrors } from './report-schema-errors.js';
import { resolveScenario } from './resolve-scenario.js';
import type { RulesetChoice, RulesetText } from './ruleset-files.js';
import { collectNames } from './unique-names.js';

export interface ParseOptions {
  /** The texts of the rule set files, by the path that the scenarios give in `ruleset.file`. loadScenarios reads these files itself. */
  rulesets?: ReadonlyMap<string, RulesetText>;
  /** A rule set that replaces the scenarios' own rules. */
  instead?: RulesetChoice | null;
}

interface Parsed {
  scenarios: Scenario[];
  diagnostics: Diagnostic[];
}

/** Parses the text of a scenario file. The result has its scenarios, or all errors by line and column. */
export function parseScenarios(text: string, file: string, options: ParseOptions = {}): Parsed {
  return resolveDocument(parseJson(text), file, options);
}

/** Does the same for JSON that has already been parsed. */
export function resolveDocument(json: ReturnType<typeof parseJson>, file: string, { rulesets, instead = null }: ParseOptions): Parsed {
  if ('message' in json) {
    return { scenarios: [], diagnostics: [{ file, ...json.position, message: json.message, pointer: null }] };
  }

  const problems = new ProblemList(file, json.root);
  reportDuplicateKeys(json.duplicates, problems);
  reportSchemaErrors(findSchemaErrors(json.value), problems);
  const root = new Place(problems, json.value);
  const places = Array.isArray(json.value) ? root.items() : [root];
  collectNames('scenario', places, (index) => `the one on line ${places[index]?.position.line}`);
  const files = { texts: rulesets ?? new Map<string, RulesetText>(), instead };
  const scenarios = places.map((place) => resolveScenario(place, files));
  return { scenarios: problems.isEmpty ? scenarios.filter((scenario) => scenario !== null) : [], diagnostics: problems.toSorted() };
}

/** Reports each key that occurs twice in an object. The value has only the last one. */
function reportDuplicateKeys(duplicates: DuplicateKey[], problems: ProblemList): void {
  for (const { key, position, path, firstLine } of duplicates) {
    problems.addAt(position, path.reduce(joinPointer, ''), `duplicate key ${quote(key)}: the first is on line ${firstLine}`);
  }
}
