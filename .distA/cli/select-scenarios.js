/** Of scenarios those that have one of the tags, and a name that matches; in their order. */
export function selectScenarios(scenarios, { tags, grep }) {
    return scenarios.filter((scenario) => (tags.length === 0 || tags.some((tag) => scenario.tags.includes(tag))) && (grep === null || grep.test(scenario.name)));
}
