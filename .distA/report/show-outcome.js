import { makeHarmless } from './make-harmless.js';
import { nameRule } from './name-rule.js';
/** `refused after 0.31 ms, rejected by rule 0 no-web: -A INPUT …` */
export function showOutcome({ observed, cause, rule, decided }, rules) {
    const outcome = observed?.outcome ?? 'nothing observed';
    const when = decided === 'proved' ? ' (proved)' : ` after ${observed?.elapsedMs ?? '?'} ms`;
    return `${outcome}${when}, ${cause}${rule === null ? '' : ` by ${makeHarmless(describeDecider(rule, rules))}`}`;
}
function describeDecider({ index, name, chain, text }, rules) {
    if (text.startsWith('-P ')) {
        return `the policy ${text}`;
    }
    if (index === null) {
        return `the ${text} of ${chain}`;
    }
    const line = rules.find((rule) => rule.index === index && rule.text === text)?.line ?? null;
    return `${nameRule({ index, name, line })}: ${text}`;
}
