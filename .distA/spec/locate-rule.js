import { getMember, getSound } from './place.js';
import { getInstead } from './resolve-rule-set.js';
import { getShownPath } from './ruleset-files.js';
/** Where a rule stands: in the scenario file, or in its rule set file. */
export function locateRule({ phase, rule }, scenario, files, problems) {
    if (rule.line === null) {
        const pointer = `${scenario.pointer}${phase === 0 ? '' : `/phases/${phase - 1}`}/rules/${rule.index}`;
        return { file: files.scenarioFile, ...problems.locate(pointer), pointer };
    }
    const own = getSound(getMember(getMember(scenario, 'ruleset'), 'file'), problems) ?? '';
    const path = getInstead(scenario, files, problems)?.path ?? getShownPath(files.scenarioFile, own);
    return { file: path, line: rule.line, column: 1, pointer: null };
}
