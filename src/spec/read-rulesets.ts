import { promises as fs } from 'node:fs';
import { describeFileError } from './describe-file-error.js';
import { STDIN } from './find-scenario-files.js';
import { isWithin } from './is-within.js';
import { getOwn } from './place.js';
import { readScenarioText, type Bounds } from './read-scenario-text.js';
import { getRulesetPathProblem, getShownPath, type RulesetText } from './ruleset-files.js';

const LINK_OUT = "a symbolic link leads out of the scenario's folder";

/**
 * Reads the rule set files that the scenarios of a file name, once each.
 * @param known what other scenario files have had read, by path
 * @param searched the real path of the folder in which the scenario file was found, if it was not named itself
 */
export async function readRulesets(
  document: unknown,
  scenarioFile: string,
  { known, searched }: { known: Map<string, RulesetText>; searched: string | null },
): Promise<Map<string, RulesetText>> {
  const texts = new Map<string, RulesetText>();
  for (const file of listFiles(document)) {
    const path = getShownPath(scenarioFile, file);
    const content = known.get(path) ?? (await readInside(getShownPath(scenarioFile, '') || './', path, searched));
    known.set(path, content);
    texts.set(file, content);
  }
  return texts;
}

/** Reads the rule set file that somebody has named, wherever it is; "-" is standard input. */
export async function readRuleset(path: string): Promise<RulesetText> {
  if (path === STDIN) {
    return readScenarioText(path);
  }
  return readFile(path, null);
}

async function readFile(path: string, folder: Bounds['folder']): Promise<RulesetText> {
  try {
    // A device may act when it is opened.
    const stats = await fs.stat(path);
    return stats.isFile() ? await readScenarioText(path, { folder }) : { problem: 'expected a file, found something else' };
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}

function listFiles(document: unknown): string[] {
  const scenarios: unknown[] = Array.isArray(document) ? document : [document];
  const files = scenarios.map((scenario) => getOwn(getOwn(scenario, 'ruleset'), 'file'));
  return [...new Set(files.filter((file) => typeof file === 'string'))].filter((file) => getRulesetPathProblem(file) === null);
}

/** What is outside is not even looked at; and what is open then is looked at again. */
async function readInside(folder: string, path: string, searched: string | null): Promise<RulesetText> {
  try {
    const [root, real] = [await fs.realpath(folder), await fs.realpath(path)];
    const isInside = isWithin(root, real) && (searched === null || isWithin(searched, root));
    return isInside ? await readFile(real, { real: root, problem: LINK_OUT }) : { problem: LINK_OUT };
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}
