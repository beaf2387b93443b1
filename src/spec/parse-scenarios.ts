import type { Diagnostic } from '../model/diagnostic.js';
import type { Scenario } from '../model/scenario.js';
import { quote } from './describe-value.js';
import { findSchemaErrors } from './find-schema-errors.js';
import { joinPointer } from './locate-pointer.js';
import { parseJson, type DuplicateKey } from './parse-json.js';
import { getItems, getMember, getSound, type Place } from './place.js';
import { ProblemList } from './problem-list.js';
import { reportSchemaErrors } from './report-schema-errors.js';
import { resolveScenario } from './resolve-scenario.js';
import type { RulesetChoice, RulesetText } from './ruleset-files.js';

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
  reportDuplicateKeys(json.duplicates, problems);
  reportSchemaErrors(findSchemaErrors(json.value), problems);
  const places = getScenarioPlaces(json.value);
  checkNames(places, problems);
  const files = { scenarioFile: file, texts: rulesets ?? new Map<string, RulesetText>(), instead };
  const scenarios = places.map((place) => resolveScenario(place, files, problems));
  return { scenarios: problems.isEmpty ? scenarios.filter((scenario) => scenario !== null) : [], diagnostics: problems.toSorted() };
}

/** Each is reported: the value has the last alone. */
function reportDuplicateKeys(duplicates: DuplicateKey[], problems: ProblemList): void {
  for (const { key, position, path, firstLine } of duplicates) {
    problems.addAt(position, path.reduce(joinPointer, ''), `duplicate key ${quote(key)}: the first is on line ${firstLine}`);
  }
}

function getScenarioPlaces(value: unknown): Place[] {
  const root = { pointer: '', value };
  return Array.isArray(value) ? getItems(root) : [root];
}

function checkNames(places: Place[], problems: ProblemList): void {
  const first = new Map<string, Place>();
  for (const place of places) {
    const at = getMember(place, 'name');
    const name = getSound<string>(at, problems);
    if (name === undefined) {
      continue;
    }
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, place);
    } else {
      problems.add(at.pointer, `scenario name ${quote(name)} is taken: the one on line ${problems.locate(earlier.pointer).line} has it`);
    }
  }
}
