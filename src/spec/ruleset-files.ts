import type { Scenario } from '../model/scenario.js';

/** A file's text; or why there is none. */
export type RulesetText = { text: string } | { problem: string };

/** A rule set for scenarios, in the place of their own. */
export interface RulesetChoice {
  /** As it is shown. */
  path: string;
  content: RulesetText;
  /** Whether a scenario is to have it. */
  isFor: (scenario: Pick<Scenario, 'name' | 'tags'>) => boolean;
}

/** The rule set files of one scenario file. */
export interface RulesetFiles {
  /** By what the scenarios call them. */
  texts: ReadonlyMap<string, RulesetText>;
  instead: RulesetChoice | null;
}

/** Why a scenario may not name such a file, or null: a scenario that was sent to somebody reads nothing but what came with it. */
export function getRulesetPathProblem(file: string): string | null {
  if (file.startsWith('/')) {
    return "expected a path inside the scenario's folder, found an absolute one";
  }
  return file.split('/').includes('..') ? "expected a path inside the scenario's folder, found one with .." : null;
}

/** A rule set's path as it is shown: beside its scenario's. */
export function getShownPath(scenarioFile: string, file: string): string {
  return `${scenarioFile.slice(0, scenarioFile.lastIndexOf('/') + 1)}${file}`;
}
