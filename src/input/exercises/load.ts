import type { Diagnostic } from '../../model/diagnostic.js';
import { SpecError } from '../../model/errors.js';
import type { ExerciseScenario, Scenario } from '../../model/scenario.js';
import { makeFileDiagnostic, readText } from '../files/read.js';
import { readRulesets } from '../files/rulesets.js';
import { parseJson } from '../json/parse.js';
import { addSources } from '../quoted-lines.js';
import type { RulesetChoice, RulesetText } from '../ruleset-files.js';
import { resolveDocument } from '../scenario/parse.js';
import type { FoundExercise } from './find.js';
import { readStudentRules, type StudentRules } from './rules.js';

/** An exercise that has been read, and has no mistake. */
export interface LoadedExercise extends FoundExercise {
  /** With the start rules. */
  scenario: ExerciseScenario;
  /** The same with other rules, or what is wrong with those. */
  withRules: (rules: StudentRules) => { scenario: ExerciseScenario } | { diagnostics: Diagnostic[] };
}

/** Reads an exercise. @throws SpecError if the file is no exercise, or has a mistake */
export async function loadExercise(found: FoundExercise): Promise<LoadedExercise> {
  const { path } = found;
  const read = await readText(path);
  if ('problem' in read) {
    throw new SpecError([makeFileDiagnostic(path, read.problem)], 'the exercise');
  }
  const json = parseJson(read.text);
  const rulesets = await readRulesets('value' in json ? json.value : null, path, { known: new Map(), searched: null });
  const resolve = (instead: RulesetChoice | null) => resolveDocument(json, path, { rulesets, instead });
  const { scenarios, diagnostics } = resolve(null);
  if (diagnostics.length > 0) {
    throw new SpecError(addSources(diagnostics, new Map<string, RulesetText>([...rulesets, [path, read]])), 'the exercise');
  }
  const [scenario] = scenarios;
  if (scenario === undefined || scenarios.length > 1 || !isExercise(scenario)) {
    throw new SpecError([makeFileDiagnostic(path, 'expected one scenario with the key "exercise"')], 'the exercise');
  }
  return {
    ...found,
    scenario,
    withRules: (rules) => {
      const file = readStudentRules(rules);
      if ('problem' in file) {
        return { diagnostics: [makeFileDiagnostic(rules.path, file.problem)] };
      }
      const { scenarios, diagnostics } = resolve({ files: [file], isFor: () => true });
      const [scenario] = scenarios;
      return scenario !== undefined && isExercise(scenario)
        ? { scenario }
        : { diagnostics: addSources(diagnostics, new Map([[rules.path, rules.content]])) };
    },
  };
}

function isExercise(scenario: Scenario): scenario is ExerciseScenario {
  return scenario.exercise !== null;
}
