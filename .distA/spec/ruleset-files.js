/** Why a scenario may not name such a file, or null: a scenario that was sent to somebody reads nothing but what came with it. */
export function getRulesetPathProblem(file) {
    if (file.startsWith('/')) {
        return "expected a path inside the scenario's folder, found an absolute one";
    }
    return file.split('/').includes('..') ? "expected a path inside the scenario's folder, found one with .." : null;
}
/** A rule set's path as it is shown: beside its scenario's. */
export function getShownPath(scenarioFile, file) {
    return `${scenarioFile.slice(0, scenarioFile.lastIndexOf('/') + 1)}${file}`;
}
