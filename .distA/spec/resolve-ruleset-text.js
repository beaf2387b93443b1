import { checkNftText } from '../rules/check-nft-text.js';
import { parseRuleset } from '../rules/parse-ruleset.js';
import { tellFamily } from '../rules/tell-family.js';
import { tellFormat } from '../rules/tell-format.js';
import { getUnsupportedProblem } from './get-unsupported-problem.js';
/** Many scenarios may have one rule set of thousands of lines. */
const parsed = new WeakMap();
/**
 * Reads the text of a rule set file; what is wrong with it is said line by line.
 *
 * @param onProblem says what is wrong with the file as a whole
 */
export function resolveRulesetText(path, content, input, backends, problems, onProblem) {
    const problem = 'problem' in content ? content.problem : getTextProblem(content.text, input.format);
    if (problem !== null || 'problem' in content) {
        onProblem(problem ?? '');
        return { ruleSet: { kind: 'iptables', rules: [] }, rules: null };
    }
    if ((input.format ?? tellFormat(content.text)) === 'nft') {
        for (const { message, ...position } of checkNftText(content.text)) {
            problems.addIn(path, position, message);
        }
        return { ruleSet: { kind: 'nft', file: path, text: content.text }, rules: null };
    }
    const ruleset = parse(content, content.text, input.family ?? tellFamily(content.text, path));
    for (const { line, message } of [...ruleset.problems, ...findUnsupported(ruleset, backends)]) {
        problems.addIn(path, { line, column: 1 }, message);
    }
    return { ruleSet: { kind: 'iptables', rules: ruleset.rules }, rules: ruleset.problems.length > 0 ? null : toRules(ruleset) };
}
function getTextProblem(text, format) {
    if (text.trim() === '') {
        return 'the file is empty';
    }
    const isTold = format !== undefined || tellFormat(text) !== null;
    return isTold ? null : 'the text looks neither like iptables-save nor like nft: say which with "format"';
}
function parse(key, text, family) {
    const own = parsed.get(key) ?? new Map();
    parsed.set(key, own);
    const ruleset = own.get(family) ?? parseRuleset(text, family);
    own.set(family, ruleset);
    return ruleset;
}
function findUnsupported({ rules }, backends) {
    return rules.flatMap(({ line, entries }) => {
        const message = getUnsupportedProblem(entries, backends);
        return message === null || line === null ? [] : [{ line, message }];
    });
}
function toRules({ rules }) {
    return {
        count: rules.filter(({ index }) => index !== null).length,
        names: new Set(rules.flatMap(({ name }) => (name === null ? [] : [name]))),
        rules,
    };
}
