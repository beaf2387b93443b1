import { getMore } from './get-more.js';
import { getRuleSet } from './get-rule-set.js';
import { makePaint } from './paint.js';
import { showJourney } from './show-journey.js';
/** What a harness is told of a probe that did not pass; what is not known is left out. */
export function diagnoseProbe(probe, scenario) {
    const { file } = scenario;
    const { status, line, column, expected, observed, cause, rule, explanation, advice, hint, journey } = probe;
    const lines = showJourney(journey, getRuleSet(scenario, probe.phase), '', makePaint(false));
    return leaveOutNulls({
        ...{ status, file, line, column, expected: { ...expected }, observed: observed && { ...observed }, cause, rule: rule && { ...rule } },
        ...{ explanation, advice, hint, more: getMore(probe), journey: lines.length === 0 ? null : lines },
    });
}
/** The same for an interface's counter. */
export function diagnoseCounter({ status, expected, observed }, { file }) {
    return leaveOutNulls({ status, file, expected, observed });
}
/** The same for a scenario as a whole: its probes have the reasons, unless it could not run. */
export function diagnoseScenario({ status, file, backend, error }) {
    const detail = error && { ...error, message: splitLines(error.message) };
    return leaveOutNulls({ status, file, backend, error: detail, more: error && getMore({ status, cause: null }) });
}
/** What a command printed is a text of several lines. */
function splitLines(text) {
    return text.includes('\n') ? text.split('\n') : text;
}
function leaveOutNulls(diagnosis) {
    return Object.fromEntries(Object.entries(diagnosis).filter(([, value]) => value !== null));
}
