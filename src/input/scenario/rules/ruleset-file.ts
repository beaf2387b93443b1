import type { Backend } from '../../../model/result.js';
import type { Family } from '../../../model/rule.js';
import type { RulesetInput } from '../../../model/scenario-file.js';
import type { RuleSet } from '../../../model/scenario.js';
import { guessFamily, detectFormat } from '../../../rules/file-format.js';
import { checkNftText } from '../../../rules/nft/check.js';
import { toNftText } from '../../../rules/nft/includes.js';
import { findUnseenTables } from '../../../rules/nft/unseen.js';
import { type ParsedRuleset, parseRuleset } from '../../../rules/save/parse-ruleset.js';
import { locateNftLine } from '../../../words/nft-lines.js';
import type { Part, Place } from '../../json/document.js';
import type { IncludedText, RulesetChoice, RulesetText } from '../../ruleset-files.js';
import { getBackends, getUnsupportedProblem } from './backends.js';
import type { Rules } from './rules.js';

/**
 * A rule set, and the names that probes can use for its rules. `rules` is null if they are not known: for nft, the kernel gives them later.
 */
export interface OwnRules {
  ruleSet: RuleSet;
  rules: Rules | null;
}

/** The rule sets that have been parsed. Many scenarios can use one rule set of thousands of lines. */
const parsed = new WeakMap<RulesetText, Map<string, ParsedRuleset>>();

/**
 * Reads the text of a rule set file. Errors are reported at their lines in that file.
 *
 * @param whole where errors of the file as a whole are reported
 */
export function resolveRulesetText(
  scenario: Place,
  { path, content }: Pick<RulesetChoice, 'path' | 'content'>,
  input: Pick<RulesetInput, 'format' | 'family'>,
  whole: Part,
): OwnRules {
  const problem = 'problem' in content ? content.problem : getTextProblem(content.text, input.format);
  if (problem !== null || 'problem' in content) {
    whole.complain(problem ?? '');
    return { ruleSet: { kind: 'iptables', rules: [] }, rules: null };
  }
  if ((input.format ?? detectFormat(content.text)) === 'nft') {
    return { ruleSet: readNft(scenario, content.included ?? { nft: toNftText(path, content.text), problems: [] }), rules: null };
  }
  const ruleset = parse(content, path, content.text, input.family ?? guessFamily(content.text, path));
  for (const { line, message } of [...ruleset.problems, ...findUnsupported(ruleset, getBackends(scenario))]) {
    scenario.problems.addIn(path, { line, column: 1 }, message);
  }
  return { ruleSet: { kind: 'iptables', rules: ruleset.rules }, rules: ruleset.problems.length > 0 ? null : toRules(ruleset) };
}

function readNft(scenario: Place, { nft, problems }: IncludedText): RuleSet {
  const found = checkNftText(nft.text).map(({ line, column, message }) => ({ ...locateNftLine(nft.sources, line), column, message }));
  for (const { file, message, ...position } of [...problems, ...found]) {
    scenario.problems.addIn(file, position, message);
  }
  return { kind: 'nft', ...nft, unseen: findUnseenTables(nft.text) };
}

function getTextProblem(text: string, format: RulesetInput['format']): string | null {
  if (text.trim() === '') {
    return 'the file is empty';
  }
  const isTold = format !== undefined || detectFormat(text) !== null;
  return isTold ? null : 'the text looks neither like iptables-save nor like nft: say which with "format"';
}

function parse(key: RulesetText, path: string, text: string, family: Family): ParsedRuleset {
  const own = parsed.get(key) ?? new Map<string, ParsedRuleset>();
  parsed.set(key, own);
  const name = `${family} ${path}`;
  const ruleset = own.get(name) ?? parseRuleset(text, family, path);
  own.set(name, ruleset);
  return ruleset;
}

function findUnsupported({ rules, legacyProblems }: ParsedRuleset, backends: Backend[]): ParsedRuleset['problems'] {
  const ofRules = rules.flatMap(({ line, entries }) => {
    const message = getUnsupportedProblem(entries, backends);
    return message === null || line === null ? [] : [{ line, message }];
  });
  return backends.includes('legacy') ? [...ofRules, ...legacyProblems] : ofRules;
}

function toRules({ rules }: ParsedRuleset): Rules {
  return {
    count: rules.filter(({ index }) => index !== null).length,
    names: new Set(rules.flatMap(({ name }) => (name === null ? [] : [name]))),
    rules,
  };
}
