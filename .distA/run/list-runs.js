/**
 * A scenario runs once on each back end: its own, or those that are chosen instead. A back end says whose iptables holds the rules; a rule
 * set for nft itself has none, so it runs once, whatever is chosen.
 */
export function listRuns(scenarios, chosen) {
    return scenarios.flatMap((scenario) => getBackends(scenario, chosen).map((backend) => ({ scenario, backend })));
}
function getBackends({ phases, backends }, chosen) {
    return phases.some(({ ruleSet }) => ruleSet?.kind === 'nft') ? ['nft'] : (chosen ?? backends);
}
