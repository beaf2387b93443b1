import { makeHarmless } from './make-harmless.js';
import { nameRule } from './name-rule.js';
import { nameScenario } from './name-scenario.js';
/** A pasted rule set can have hundreds: the result document has them all. */
const MOST = 10;
/** A line a scenario: `one of everything: rule 2 spare; rule 4: -A INPUT …`. A rule that has a name needs no text. */
export function listUnreached({ unreached }) {
    return unreached.map(({ scenario, rules }) => {
        const more = rules.length > MOST ? [`and ${rules.length - MOST} more`] : [];
        return makeHarmless(`${nameScenario(scenario)}: ${[...rules.slice(0, MOST).map(describe), ...more].join('; ')}`);
    });
}
function describe(rule) {
    const phase = rule.phase === null ? '' : ` of ${rule.phase}`;
    return `${nameRule(rule)}${phase}${rule.name === null ? `: ${rule.text}` : ''}`;
}
