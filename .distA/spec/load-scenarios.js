import { SpecError } from '../errors.js';
import { findScenarioFiles, STDIN } from './find-scenario-files.js';
import { parseJson } from './parse-json.js';
import { resolveDocument } from './parse-scenarios.js';
import { readRuleset, readRulesets } from './read-rulesets.js';
import { readScenarioText } from './read-scenario-text.js';
/**
 * Reads scenarios from files, from folders at any depth, and from standard input, for which `-` stands.
 * A file that is found twice is read once.
 *
 * @throws {SpecError} with everything that is wrong with any of them: by file in the order given, then by line and column
 */
export async function loadScenarios(paths, { ruleset, selects = () => true } = {}) {
    const instead = ruleset === undefined ? null : { path: getShownName(ruleset), content: await readRuleset(ruleset), isFor: selects };
    const rulesets = new Map();
    const scenarios = [];
    const diagnostics = [];
    const loaded = new Set();
    for (const path of paths) {
        if (path === STDIN && loaded.has(STDIN)) {
            diagnostics.push(makeFileDiagnostic(path, 'standard input can be read only once'));
        }
        for (const found of await findScenarioFiles(path)) {
            if ('real' in found && loaded.has(found.real)) {
                continue;
            }
            if ('real' in found) {
                loaded.add(found.real);
            }
            const file = await loadFile(found, rulesets, instead);
            scenarios.push(...file.scenarios);
            diagnostics.push(...file.diagnostics);
        }
    }
    if (diagnostics.length > 0) {
        throw new SpecError(forgetRepeated(diagnostics));
    }
    return scenarios;
}
async function loadFile(found, known, instead) {
    const read = 'problem' in found ? found : await readScenarioText(found.path);
    if ('problem' in read) {
        return { scenarios: [], diagnostics: [makeFileDiagnostic(found.path, read.problem)] };
    }
    const file = getShownName(found.path);
    const json = parseJson(read.text);
    const rulesets = await readRulesets('value' in json ? json.value : null, file, known);
    return resolveDocument(json, file, { rulesets, instead });
}
/** What is wrong with a rule set file is found with each of its scenarios. */
function forgetRepeated(diagnostics) {
    return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}
function makeFileDiagnostic(path, message) {
    return { file: getShownName(path), line: 1, column: 1, message, pointer: null };
}
function getShownName(path) {
    return path === STDIN ? '<stdin>' : path;
}
