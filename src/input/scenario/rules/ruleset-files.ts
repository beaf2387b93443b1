import type { Backend, RuleSetFile } from '../../../model/result.js';
import type { Family } from '../../../model/rule.js';
import type { RulesetInput } from '../../../model/scenario-file.js';
import type { NativeRules, NftText, RuleSet, ScenarioRule } from '../../../model/scenario.js';
import { detectFormat, guessFamily, isIpsetSave } from '../../../rules/save/file-format.js';
import { checkNftText } from '../../../rules/nft/check.js';
import { toNftText } from '../../../rules/nft/includes.js';
import { findUnseenTables } from '../../../rules/nft/unseen.js';
import { type ParsedRuleset, parseRuleset } from '../../../rules/save/parse-ruleset.js';
import { type ParsedScript, parseScript } from '../../../rules/save/parse-script.js';
import { locateNftLine } from '../../../words/nft-lines.js';
import type { Part, Place } from '../../json/document.js';
import type { RulesetText } from '../../ruleset-files.js';
import { getBackends, getUnsupportedProblem } from './backends.js';
import { reportClashes, reportScriptChains, type RestoredFile, type ScriptFile } from './clashes.js';
import type { Rules } from './rules.js';

/**
 * A rule set, and the names that probes can use for its rules. `rules` is null if they are not known: for nft, the kernel gives them later.
 */
export interface OwnRules {
  ruleSet: RuleSet;
  rules: Rules | null;
}

export const NOTHING: OwnRules = { ruleSet: { rules: [], natives: [], files: [] }, rules: null };

const NO_FAMILY = '"family" is for files of iptables: leave it out, for each table of an nft file has its own (ip, ip6, inet)';
const NOT_LEGACY = 'a rule set for nft needs the nft back end: legacy cannot hold it';

/** A rule set file, and what is said of it beside its text. */
export interface GivenFile {
  /** The path in messages. */
  path: string;
  content: RulesetText;
  input: Pick<RulesetInput, 'format' | 'family' | 'backend'>;
  /** Where errors of the file as a whole are reported. */
  whole: Part;
}

/** What a file for iptables says. */
type ParsedFile =
  { kind: 'iptables-save'; ruleset: ParsedRuleset; text: string; family: Family } | { kind: 'iptables'; ruleset: ParsedScript };

/** The files that have been parsed. Many scenarios can use one rule set of thousands of lines. */
const parsed = new WeakMap<RulesetText, Map<string, ParsedFile>>();

/**
 * Reads the files of a rule set, and joins them in their order. Errors are reported at their lines in the files.
 * @param backends those on which the scenario will run
 */
export function joinFiles(scenario: Place, files: GivenFile[], backends: Backend[]): OwnRules {
  const lists: ScenarioRule[][] = [];
  const natives: NativeRules[] = [];
  const own: RuleSetFile[] = [];
  const restored: RestoredFile[] = [];
  const scripts: ScriptFile[] = [];
  let after = 0;
  let isKnown = true;
  for (const file of files) {
    const read = readFile(file, scenario, backends);
    if (read !== null) {
      own.push(...listFiles(file, read));
    }
    if (read === null) {
      isKnown = false;
    } else if (read.kind === 'nft') {
      natives.push({ ...read.nft, after, unseen: findUnseenTables(read.nft.text) });
    } else {
      isKnown &&= read.ruleset.problems.length === 0;
      const placed = { path: file.path, backend: file.input.backend ?? null, after };
      if (read.kind === 'iptables') {
        scripts.push({ ...placed, flushes: read.ruleset.flushes, end: after + read.ruleset.rules.length });
      } else {
        restored.push({ ...placed, text: read.text, family: read.family });
      }
      const rules = placeRules(read.ruleset.rules, countIndices(lists), file.input.backend ?? null);
      lists.push(rules);
      after += rules.length;
    }
  }
  // Many scenarios can share the list of a large file.
  const [only] = lists;
  const rules = lists.length === 1 && only !== undefined ? only : lists.flat();
  complainOfUnsupported(rules, scenario);
  if (files.length > 1) {
    reportClashes({ rules, natives, files: own }, { restored, scripts }, backends, scenario.problems);
  }
  if (scripts.length > 0 && isKnown) {
    isKnown = reportScriptChains(rules, scripts, backends, scenario.problems);
  }
  if (rules.length === 0 && natives.length > 0 && getBackends(scenario).includes('legacy')) {
    files[0]?.whole.complain(NOT_LEGACY);
  }
  return { ruleSet: { rules, natives, files: own }, rules: isKnown && natives.length === 0 ? toRules(rules) : null };
}

/** Reads one file. The result is null if its text is not known, or if it is not what loopfw can read. */
function readFile(
  { path, content, input, whole }: GivenFile,
  scenario: Place,
  backends: Backend[],
): ParsedFile | { kind: 'nft'; nft: NftText } | null {
  const problem = 'problem' in content ? content.problem : getTextProblem(content.text, input.format);
  if (problem !== null || 'problem' in content) {
    whole.complain(problem ?? '');
    return null;
  }
  const { text } = content;
  const format = input.format ?? detectFormat(text);
  if (format === 'nft') {
    const { nft, problems } = content.included ?? { nft: toNftText(path, text), problems: [] };
    const found = checkNftText(nft.text).map(({ line, column, message }) => ({ ...locateNftLine(nft.sources, line), column, message }));
    for (const { file, message, ...position } of [...problems, ...found]) {
      scenario.problems.addIn(file, position, message);
    }
    if (input.family !== undefined) {
      whole.complain(NO_FAMILY);
    }
    if (input.backend === 'legacy') {
      whole.complain(NOT_LEGACY);
    }
    return { kind: 'nft', nft };
  }
  const family = input.family ?? guessFamily(text, path);
  const read = parseOnce(content, `${format} ${family} ${path}`, () =>
    format === 'iptables'
      ? { kind: 'iptables', ruleset: parseScript(text, family, path) }
      : { kind: 'iptables-save', ruleset: parseRuleset(text, family, path), text, family },
  );
  const mayBeLegacy = input.backend === undefined ? backends.includes('legacy') : input.backend === 'legacy';
  const legacyProblems = read.kind === 'iptables-save' && mayBeLegacy ? read.ruleset.legacyProblems : [];
  for (const { line, column = 1, message } of [...read.ruleset.problems, ...legacyProblems]) {
    scenario.problems.addIn(path, { line, column }, message);
  }
  return read;
}

/** The file with its text, and those that it includes. */
function listFiles({ path, content, input }: GivenFile, read: NonNullable<ReturnType<typeof readFile>>): RuleSetFile[] {
  if ('problem' in content) {
    return [];
  }
  const { kind: format } = read;
  const family = read.kind === 'nft' ? null : (input.family ?? guessFamily(content.text, path));
  const files = [{ file: path, text: content.text }, ...(content.included?.files ?? [])];
  return files.map(({ file, text }) => ({ file, format, family, backend: input.backend ?? null, text }));
}

function getTextProblem(text: string, format: RulesetInput['format']): string | null {
  if (text.trim() === '') {
    return 'the file is empty';
  }
  if (format === undefined && isIpsetSave(text)) {
    return 'this is a file of ipsets, not of rules: write "ipsets": { "file": … } in the scenario';
  }
  const isTold = format !== undefined || detectFormat(text) !== null;
  return isTold ? null : 'the text looks neither like iptables-save nor like iptables commands nor like nft: say which with "format"';
}

/** Parses a text once for all scenarios. */
function parseOnce(content: RulesetText, key: string, parse: () => ParsedFile): ParsedFile {
  const own = parsed.get(content) ?? new Map<string, ParsedFile>();
  parsed.set(content, own);
  const file = own.get(key) ?? parse();
  own.set(key, file);
  return file;
}

/** The rules of a file with their indices in the whole rule set. */
function placeRules(rules: ScenarioRule[], first: number, backend: Backend | null): ScenarioRule[] {
  if (first === 0 && backend === null) {
    return rules;
  }
  return rules.map((rule) => ({
    ...rule,
    index: rule.index === null ? null : rule.index + first,
    backend: rule.backend ?? backend,
  }));
}

function complainOfUnsupported(rules: ScenarioRule[], scenario: Place): void {
  const backends = getBackends(scenario);
  for (const { file, line, backend, entries } of rules) {
    const message = getUnsupportedProblem(entries, backend === null ? backends : [backend]);
    if (message !== null && file !== null && line !== null) {
      scenario.problems.addIn(file, { line, column: 1 }, message);
    }
  }
}

function countIndices(lists: ScenarioRule[][]): number {
  return lists.reduce((count, rules) => count + rules.filter(({ index }) => index !== null).length, 0);
}

function toRules(rules: ScenarioRule[]): Rules {
  return {
    count: countIndices([rules]),
    names: new Set(rules.flatMap(({ name }) => (name === null ? [] : [name]))),
    rules,
  };
}
