import type { Diagnostic } from '../model/diagnostic.js';
import { SpecError } from '../model/errors.js';
import type { Backend } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { findScenarioFiles, type Found, LINK_OUT } from './files/find.js';
import { getShownName, makeFileDiagnostic, readText, STDIN } from './files/read.js';
import { readRuleset, readRulesets } from './files/rulesets.js';
import { looksLikeScenario } from './files/scenario-signs.js';
import { parseJson } from './json/parse.js';
import { addSources } from './quoted-lines.js';
import type { RulesetFiles, RulesetText } from './ruleset-files.js';
import { resolveDocument } from './scenario/parse.js';

/** The most files that a message names. */
const MOST_NAMED = 3;

/** Options of loadScenarios. */
export interface LoadOptions {
  /** The rule set files that replace the scenarios' own rules. They can be in any folder; "-" is standard input. */
  rulesets?: string[] | undefined;
  /** The back ends on which the scenarios will run instead of their own, as in RunOptions. Rule set files must not clash there. */
  backends?: Backend[] | undefined;
  /** Selects the scenarios whose rules and back ends are replaced. The default selects all. */
  selects?: (scenario: Pick<Scenario, 'name' | 'tags'>) => boolean;
  /** Takes the files of folders that are left out, because nothing in them looks like a scenario. Called once. */
  onSkipped?: (files: string[]) => void;
  /** Called with the path of each file that is read: scenarios, rule sets, ipsets, and what nft files include. */
  onRead?: (path: string) => void;
}

/** A scenario and what it was read from, so that other rules and probes can be read in its place. */
export interface ScenarioSource {
  scenario: Scenario;
  file: string;
  /** The text of the file, which may have other scenarios. */
  text: string;
  /** The scenario as it is in its file. */
  value: unknown;
  /** The texts of its rule set files. */
  rulesets: ReadonlyMap<string, RulesetText>;
}

/**
 * Reads scenarios. A path is a file, a folder that is searched at any depth, or `-` for standard input. A file that is found twice is read
 * once.
 *
 * @throws {SpecError} with all errors of all files: by file in the order of the paths, then by line and column
 */
export async function loadScenarios(paths: string[], options: LoadOptions = {}): Promise<Scenario[]> {
  return (await loadSources(paths, options)).map(({ scenario }) => scenario);
}

/** Reads scenarios as loadScenarios() does, and keeps what they were read from. @throws {SpecError} as it does */
export async function loadSources(
  paths: string[],
  { rulesets: named = [], backends, selects = () => true, onSkipped = () => {}, onRead = () => {} }: LoadOptions = {},
): Promise<ScenarioSource[]> {
  const read = async (path: string) => ({ path: getShownName(path), content: await readRuleset(path) });
  const instead = named.length === 0 ? null : { files: await Promise.all(named.map(read)), isFor: selects };
  const chosen = backends === undefined ? null : { backends, isFor: selects };
  const rulesets = new Map<string, RulesetText>();
  const sources: ScenarioSource[] = [];
  const diagnostics: Diagnostic[] = [];
  const loaded = new Set<string>();
  const files = new Set<string>();
  const skipped: string[] = [];
  for (const path of paths) {
    if (path === STDIN && loaded.has(STDIN)) {
      diagnostics.push(makeFileDiagnostic(path, 'standard input can be read only once'));
    }
    const all = await findScenarioFiles(path);
    const skippedBefore = skipped.length;
    for (const found of all) {
      if ('real' in found && loaded.has(found.real)) {
        continue;
      }
      if ('real' in found) {
        loaded.add(found.real);
      }
      const file = await loadFile(found, rulesets, { instead, chosen });
      if (file === null) {
        skipped.push(found.path);
        continue;
      }
      files.add(getShownName(found.path));
      sources.push(...file.sources);
      diagnostics.push(...file.diagnostics);
      onRead(found.path);
    }
    const here = skipped.slice(skippedBefore);
    if (here.length > 0 && here.length === all.length) {
      diagnostics.push(makeFileDiagnostic(path, `nothing in it looks like a scenario: ${here.slice(0, MOST_NAMED).join(', ')}`));
      skipped.splice(skippedBefore);
    }
  }
  onSkipped(skipped);
  const contents = [...rulesets, ...(instead?.files.map(({ path, content }): [string, RulesetText] => [path, content]) ?? [])];
  contents.flatMap(listPaths).forEach(onRead);
  if (diagnostics.length > 0) {
    throw new SpecError(forgetRepeated(diagnostics), nameInput(diagnostics, files, [...named.map(getShownName), ...rulesets.keys()]));
  }
  return sources;
}

/** What has the problems, in words: scenario files, rule sets, or both. */
function nameInput(diagnostics: Diagnostic[], files: Set<string>, rulesets: string[]): string | undefined {
  const ofRulesets = diagnostics.filter(({ file }) => rulesets.includes(file) && !files.has(file));
  if (ofRulesets.length === 0) {
    return undefined;
  }
  const noun = new Set(ofRulesets.map(({ file }) => file)).size === 1 ? 'the rule set' : 'the rule sets';
  return ofRulesets.length === diagnostics.length ? noun : `the scenario files and ${noun}`;
}

/** Loads a file. null: a search found it, and nothing in it looks like a scenario. */
async function loadFile(
  found: Found,
  known: Map<string, RulesetText>,
  choices: Pick<RulesetFiles, 'instead' | 'chosen'>,
): Promise<{ sources: ScenarioSource[]; diagnostics: Diagnostic[] } | null> {
  const searched = 'problem' in found ? null : found.searched;
  const folder = searched === null ? null : { real: searched, problem: LINK_OUT };
  const read = 'problem' in found ? found : await readText(found.path, { folder });
  if ('problem' in read) {
    return { sources: [], diagnostics: [makeFileDiagnostic(found.path, read.problem)] };
  }
  const file = getShownName(found.path);
  const json = parseJson(read.text);
  if (searched !== null && !looksLikeScenario(read.text, 'value' in json ? json : undefined)) {
    return null;
  }
  const rulesets = await readRulesets('value' in json ? json.value : null, file, { known, searched });
  const { scenarios, diagnostics } = resolveDocument(json, file, { rulesets, ...choices });
  const chosen = choices.instead?.files.map(({ path, content }): [string, RulesetText] => [path, content]) ?? [];
  const values = 'value' in json && Array.isArray(json.value) ? (json.value as unknown[]) : ['value' in json ? json.value : null];
  const sources = scenarios.map((scenario, place) => ({ scenario, file, text: read.text, value: values[place], rulesets }));
  return { sources, diagnostics: addSources(diagnostics, new Map<string, RulesetText>([...known, ...chosen, [file, read]])) };
}

/** The paths of a rule set file and of those that it includes. */
function listPaths([path, content]: [string, RulesetText]): string[] {
  const included = 'text' in content ? content.included : undefined;
  return [path, ...(included?.nft.sources.map(({ file }) => file) ?? [])];
}

/** Removes repeated diagnostics: an error of a rule set file is found once for each scenario that uses the file. */
function forgetRepeated(diagnostics: Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}
