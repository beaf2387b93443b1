import { checkSchema } from './check-schema.js';
import { quote } from './describe-value.js';
import { findDuplicateKeys } from './find-duplicate-keys.js';
import { parseJson } from './parse-json.js';
import { getItems, getMember, getSound } from './place.js';
import { ProblemList } from './problem-list.js';
import { resolveScenario } from './resolve-scenario.js';
/** What a file's text says: its scenarios, or everything that is wrong with it, by line and column. */
export function parseScenarios(text, file, options = {}) {
    return resolveDocument(parseJson(text), file, options);
}
/** What a file says that has been parsed already. */
export function resolveDocument(json, file, { rulesets, instead = null }) {
    if ('message' in json) {
        return { scenarios: [], diagnostics: [{ file, ...json.position, message: json.message, pointer: null }] };
    }
    const problems = new ProblemList(file, json.root);
    findDuplicateKeys(json.root, problems);
    checkSchema(json.value, problems);
    const places = getScenarioPlaces(json.value);
    checkNames(places, problems);
    const files = { scenarioFile: file, texts: rulesets ?? new Map(), instead };
    const scenarios = places.map((place) => resolveScenario(place, files, problems));
    return { scenarios: problems.isEmpty ? scenarios.filter((scenario) => scenario !== null) : [], diagnostics: problems.toSorted() };
}
function getScenarioPlaces(value) {
    const root = { pointer: '', value };
    return Array.isArray(value) ? getItems(root) : [root];
}
function checkNames(places, problems) {
    const first = new Map();
    for (const place of places) {
        const at = getMember(place, 'name');
        const name = getSound(at, problems);
        if (name === undefined) {
            continue;
        }
        const earlier = first.get(name);
        if (earlier === undefined) {
            first.set(name, place);
        }
        else {
            problems.add(at.pointer, `scenario name ${quote(name)} is taken: the one on line ${problems.locate(earlier.pointer).line} has it`);
        }
    }
}
