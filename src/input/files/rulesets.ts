import { promises as fs } from 'node:fs';
import { dirname } from 'node:path';
import { detectFormat } from '../../rules/save/file-format.js';
import { getOwn } from '../json/document.js';
import { getRulesetPathProblem, getShownPath, type RulesetText } from '../ruleset-files.js';
import { readIncludes } from './includes.js';
import { type Bounds, describeFileError, isWithin, NO_FILE, readText, STDIN } from './read.js';
import { suggestPath } from './suggest.js';

const LINK_OUT = "a symbolic link leads out of the scenario's folder";

/**
 * Reads the files of rule sets and ipsets that the scenarios of a file name. Each is read once.
 *
 * @param known rule set files that have been read for other scenario files, by path; new ones are added
 * @param searched the real path of the folder in which the scenario file was found; null if the user named the file
 */
export async function readRulesets(
  document: unknown,
  scenarioFile: string,
  { known, searched }: { known: Map<string, RulesetText>; searched: string | null },
): Promise<Map<string, RulesetText>> {
  const texts = new Map<string, RulesetText>();
  for (const file of listFiles(document)) {
    const path = getShownPath(scenarioFile, file);
    const folder = getShownPath(scenarioFile, '') || './';
    const content = known.get(path) ?? (await addIncludes(await readInside(folder, path, searched), path, folder));
    known.set(path, content);
    texts.set(file, content);
  }
  return texts;
}

/** Reads the rule set file that the user named, in any folder; "-" is standard input. */
export async function readRuleset(path: string): Promise<RulesetText> {
  if (path === STDIN) {
    return readText(path, { isForProgram: true });
  }
  const content = await readFile(path, null);
  const isMissing = 'problem' in content && content.problem === NO_FILE;
  return isMissing ? { problem: `${NO_FILE}${await suggestPath(path, isNoScenario)}` } : addIncludes(content, path, dirname(path));
}

/** Adds the files that an nft file includes. */
async function addIncludes(content: RulesetText, path: string, folder: string): Promise<RulesetText> {
  const mayInclude = 'text' in content && /\binclude\b/.test(content.text) && detectFormat(content.text) !== 'iptables-save';
  return mayInclude ? { ...content, included: await readIncludes(path, content.text, folder) } : content;
}

async function readFile(path: string, folder: Bounds['folder']): Promise<RulesetText> {
  try {
    // To open a device can have side effects.
    const stats = await fs.stat(path);
    return stats.isFile() ? await readText(path, { folder, isForProgram: true }) : { problem: 'expected a file, found something else' };
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}

function listFiles(document: unknown): string[] {
  const scenarios: unknown[] = Array.isArray(document) ? document : [document];
  const files = scenarios.flatMap((scenario) =>
    [getOwn(scenario, 'ruleset'), getOwn(scenario, 'ipsets')].flat().map((entry: unknown) => getOwn(entry, 'file')),
  );
  return [...new Set(files.filter((file) => typeof file === 'string'))].filter((file) => getRulesetPathProblem(file) === null);
}

/**
 * Reads a file inside of the scenario's folder. A path that leads out of it is not opened. The open file is then checked again, because
 * links can change in between.
 */
async function readInside(folder: string, path: string, searched: string | null): Promise<RulesetText> {
  try {
    const [root, real] = [await fs.realpath(folder), await fs.realpath(path)];
    const isInside = isWithin(root, real) && (searched === null || isWithin(searched, root));
    return isInside ? await readFile(real, { real: root, problem: LINK_OUT }) : { problem: LINK_OUT };
  } catch (error) {
    const problem = describeFileError(error);
    return { problem: problem === NO_FILE ? `${problem}${await suggestInside(folder, path)}` : problem };
  }
}

/** Names of other folders are not shown: the scenario can come from another person. */
async function suggestInside(folder: string, path: string): Promise<string> {
  const [root, real] = await Promise.all([fs.realpath(folder), fs.realpath(dirname(path))]).catch(() => []);
  return root !== undefined && real !== undefined && isWithin(root, real) ? await suggestPath(path, isNoScenario) : '';
}

function isNoScenario(name: string): boolean {
  return !/\.jsonc?$/.test(name);
}
