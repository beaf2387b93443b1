import { getBackends } from './get-backends.js';
import { getMember, getSound } from './place.js';
import { resolveRules } from './resolve-rules.js';
import { resolveRulesetText } from './resolve-ruleset-text.js';
import { getRulesetPathProblem, getShownPath } from './ruleset-files.js';
const NOTHING = { ruleSet: { kind: 'iptables', rules: [] }, rules: null };
/**
 * Reads what a scenario has in `rules` or `ruleset`, or a phase of it in `rules`; undefined for a phase that has none.
 *
 * @param owner the scenario, or one of its phases
 */
export function resolveRuleSet(owner, scenario, files, problems) {
    const instead = getInstead(scenario, files, problems);
    if (instead !== null) {
        const onProblem = (message) => problems.addIn(instead.path, { line: 1, column: 1 }, message);
        return owner === scenario
            ? resolveRulesetText(instead.path, instead.content, {}, getBackends(scenario, problems), problems, onProblem)
            : undefined;
    }
    const place = getMember(owner, 'ruleset');
    if (place.value !== undefined) {
        return resolveFile(place, scenario, files, problems);
    }
    if (owner !== scenario && getMember(owner, 'rules').value === undefined) {
        return undefined;
    }
    const rules = resolveRules(owner, scenario, problems);
    return { ruleSet: { kind: 'iptables', rules: rules?.rules ?? [] }, rules };
}
/** The rule set that takes the place of the scenario's own, if one does. */
export function getInstead(scenario, { instead }, problems) {
    const name = getSound(getMember(scenario, 'name'), problems) ?? '';
    const tags = getSound(getMember(scenario, 'tags'), problems) ?? [];
    return instead?.isFor({ name, tags }) ? instead : null;
}
function resolveFile(place, scenario, files, problems) {
    if (getMember(scenario, 'rules').value !== undefined) {
        problems.add(place.pointer, '"ruleset" and "rules" exclude each other: the file is the whole rule set', 'key');
    }
    const input = getSound(place, problems);
    if (input === undefined) {
        return NOTHING;
    }
    const onProblem = (message) => problems.add(getMember(place, 'file').pointer, message);
    const problem = getRulesetPathProblem(input.file);
    if (problem !== null) {
        onProblem(problem);
        return NOTHING;
    }
    const content = files.texts.get(input.file) ?? { problem: 'the text of this file is not given' };
    const path = getShownPath(files.scenarioFile, input.file);
    const backends = getBackends(scenario, problems);
    const own = resolveRulesetText(path, content, input, backends, problems, onProblem);
    if (own.ruleSet?.kind === 'nft' && backends.includes('legacy')) {
        onProblem('a rule set for nft needs the nft back end: legacy cannot hold it');
    }
    return own;
}
