/** How much of their rules the probes of a run reached. */
export function getCoverage({ scenarios }) {
    const counted = scenarios.flatMap(({ rules }) => rules).filter(({ packets }) => packets !== null).length;
    const unreached = scenarios
        .map((scenario) => ({ scenario, rules: scenario.rules.filter(({ packets }) => packets === 0) }))
        .filter(({ rules }) => rules.length > 0);
    const reached = counted - unreached.reduce((sum, { rules }) => sum + rules.length, 0);
    return { counted, reached, percent: counted === 0 ? 100 : (100 * reached) / counted, unreached };
}
