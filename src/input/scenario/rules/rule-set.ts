import type { Backend } from '../../../model/result.js';
import type { RulesetInput } from '../../../model/scenario-file.js';
import type { Place } from '../../json/document.js';
import { getRulesetPathProblem, getShownPath, type RulesetChoice, type RulesetFiles } from '../../ruleset-files.js';
import { getBackends } from './backends.js';
import { resolveRules } from './rules.js';
import { type GivenFile, joinFiles, NOTHING, type OwnRules } from './ruleset-files.js';

/**
 * Reads the `rules` or `ruleset` of a scenario, or the `rules` of one of its phases. The result is undefined for a phase without rules of
 * its own.
 *
 * @param owner the scenario, or one of its phases
 */
export function resolveRuleSet(owner: Place, scenario: Place, files: RulesetFiles): OwnRules | undefined {
  const instead = getInstead(scenario, files);
  if (instead !== null) {
    return owner === scenario ? joinFiles(scenario, instead.files.map(toGivenFile(scenario)), getRunBackends(scenario, files)) : undefined;
  }
  const place = owner.member('ruleset');
  if (owner === scenario && place.value !== undefined) {
    return resolveOwnFiles(place, scenario, files);
  }
  if (owner !== scenario && owner.member('rules').value === undefined) {
    return undefined;
  }
  const rules = resolveRules(owner, scenario);
  return { ruleSet: { rules: rules?.rules ?? [], natives: [], files: [] }, rules };
}

/** The rule set that replaces the scenario's own, or null. */
function getInstead(scenario: Place, { instead }: RulesetFiles): RulesetFiles['instead'] {
  return instead?.isFor(readSelected(scenario)) ? instead : null;
}

/** The back ends on which the scenario will run: the chosen ones, or its own. */
function getRunBackends(scenario: Place, { chosen }: RulesetFiles): Backend[] {
  return chosen?.isFor(readSelected(scenario)) ? chosen.backends : getBackends(scenario);
}

/** What selects a scenario. */
function readSelected(scenario: Place): { name: string; tags: string[] } {
  return { name: scenario.member('name').read<string>() ?? '', tags: scenario.member('tags').read<string[]>() ?? [] };
}

/** A file that the user named. What is wrong with the whole of it is reported at its beginning. */
function toGivenFile({ problems }: Place): (file: RulesetChoice['files'][number]) => GivenFile {
  return ({ path, content, format }) => ({
    ...{ path, content, input: format === undefined ? {} : { format } },
    whole: { complain: (message) => problems.addIn(path, { line: 1, column: 1 }, message) },
  });
}

function resolveOwnFiles(place: Place, scenario: Place, files: RulesetFiles): OwnRules {
  if (scenario.member('rules').value !== undefined) {
    place.key.complain('"ruleset" and "rules" exclude each other: the file is the whole rule set');
  }
  const places = Array.isArray(place.value) ? place.items() : [place];
  const given = places.map((each) => readGivenFile(each, files));
  const sound = given.filter((file) => file !== null);
  return sound.length === given.length ? joinFiles(scenario, sound, getRunBackends(scenario, files)) : NOTHING;
}

function readGivenFile(place: Place, files: RulesetFiles): GivenFile | null {
  const input = place.read<RulesetInput>();
  if (input === undefined) {
    return null;
  }
  const whole = place.member('file');
  const problem = getRulesetPathProblem(input.file);
  if (problem !== null) {
    whole.complain(problem);
    return null;
  }
  const content = files.texts.get(input.file) ?? { problem: 'the text of this file is not given' };
  return { path: getShownPath(place.file, input.file), content, input, whole };
}
