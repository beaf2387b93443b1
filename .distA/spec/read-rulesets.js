import { promises as fs } from 'node:fs';
import { describeFileError } from './describe-file-error.js';
import { STDIN } from './find-scenario-files.js';
import { getItems, getMember } from './place.js';
import { readScenarioText } from './read-scenario-text.js';
import { getRulesetPathProblem, getShownPath } from './ruleset-files.js';
/** Reads the rule set files that the scenarios of a file name, once each. @param known what other scenario files have had read, by path */
export async function readRulesets(document, scenarioFile, known) {
    const texts = new Map();
    for (const file of listFiles(document)) {
        const path = getShownPath(scenarioFile, file);
        const content = known.get(path) ?? (await readInside(getShownPath(scenarioFile, '') || './', path));
        known.set(path, content);
        texts.set(file, content);
    }
    return texts;
}
/** Reads the rule set file that somebody has named, wherever it is; "-" is standard input. */
export async function readRuleset(path) {
    if (path === STDIN) {
        return readScenarioText(path);
    }
    try {
        // A device may act when it is opened.
        const stats = await fs.stat(path);
        return stats.isFile() ? await readScenarioText(path) : { problem: 'expected a file, found something else' };
    }
    catch (error) {
        return { problem: describeFileError(error) };
    }
}
function listFiles(document) {
    const root = { pointer: '', value: document };
    const scenarios = Array.isArray(document) ? getItems(root) : [root];
    const files = scenarios.map((scenario) => getMember(getMember(scenario, 'ruleset'), 'file').value);
    return [...new Set(files.filter((file) => typeof file === 'string'))].filter((file) => getRulesetPathProblem(file) === null);
}
async function readInside(folder, path) {
    try {
        const [root, real] = [await fs.realpath(folder), await fs.realpath(path)];
        if (real !== root && !real.startsWith(root === '/' ? root : `${root}/`)) {
            return { problem: "a symbolic link leads out of the scenario's folder" };
        }
        return await readRuleset(real);
    }
    catch (error) {
        return { problem: describeFileError(error) };
    }
}
