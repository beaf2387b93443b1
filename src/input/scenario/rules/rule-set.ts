import type { RulesetInput } from '../../../model/scenario-file.js';
import type { Place } from '../../json/document.js';
import { getRulesetPathProblem, getShownPath, type RulesetFiles } from '../../ruleset-files.js';
import { getBackends } from './backends.js';
import { resolveRules } from './rules.js';
import { type OwnRules, resolveRulesetText } from './ruleset-file.js';

const NOTHING: OwnRules = { ruleSet: { kind: 'iptables', rules: [] }, rules: null };

/**
 * Reads the `rules` or `ruleset` of a scenario, or the `rules` of one of its phases. The result is undefined for a phase without rules of
 * its own.
 *
 * @param owner the scenario, or one of its phases
 */
export function resolveRuleSet(owner: Place, scenario: Place, files: RulesetFiles): OwnRules | undefined {
  const instead = getInstead(scenario, files);
  if (instead !== null) {
    const whole = { complain: (message: string) => scenario.problems.addIn(instead.path, { line: 1, column: 1 }, message) };
    return owner === scenario ? resolveRulesetText(scenario, instead, {}, whole) : undefined;
  }
  const place = owner.member('ruleset');
  if (owner === scenario && place.value !== undefined) {
    return resolveFile(place, scenario, files);
  }
  if (owner !== scenario && owner.member('rules').value === undefined) {
    return undefined;
  }
  const rules = resolveRules(owner, scenario);
  return { ruleSet: { kind: 'iptables', rules: rules?.rules ?? [] }, rules };
}

/** The rule set that replaces the scenario's own, or null. */
function getInstead(scenario: Place, { instead }: RulesetFiles): RulesetFiles['instead'] {
  const name = scenario.member('name').read<string>() ?? '';
  const tags = scenario.member('tags').read<string[]>() ?? [];
  return instead?.isFor({ name, tags }) ? instead : null;
}

function resolveFile(place: Place, scenario: Place, files: RulesetFiles): OwnRules {
  if (scenario.member('rules').value !== undefined) {
    place.key.complain('"ruleset" and "rules" exclude each other: the file is the whole rule set');
  }
  const input = place.read<RulesetInput>();
  if (input === undefined) {
    return NOTHING;
  }
  const whole = place.member('file');
  const problem = getRulesetPathProblem(input.file);
  if (problem !== null) {
    whole.complain(problem);
    return NOTHING;
  }
  const content = files.texts.get(input.file) ?? { problem: 'the text of this file is not given' };
  const path = getShownPath(place.file, input.file);
  const own = resolveRulesetText(scenario, { path, content }, input, whole);
  if (own.ruleSet?.kind === 'nft' && getBackends(scenario).includes('legacy')) {
    whole.complain('a rule set for nft needs the nft back end: legacy cannot hold it');
  }
  return own;
}
