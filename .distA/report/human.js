import { countNoun } from './count-noun.js';
import { nameCounter, showCounted } from './show-counter.js';
import { getCoverage } from './get-coverage.js';
import { getMore } from './get-more.js';
import { getRuleSet } from './get-rule-set.js';
import { listUnreached } from './list-unreached.js';
import { makeHarmless } from './make-harmless.js';
import { makePaint } from './paint.js';
import { showJourney } from './show-journey.js';
import { showMatrix } from './show-matrix.js';
import { showOutcome } from './show-outcome.js';
import { wrap } from './wrap.js';
const DETAIL = '      ';
/** For people at a terminal: a line a probe with what decided it, a table for a truth table, and for what did not pass the whole story. */
export const reportHuman = (result, { color }) => {
    const paint = makePaint(color);
    const blocks = result.scenarios.map((scenario) => showScenario(scenario, paint));
    return `${[...blocks, showEnd(result, paint)].join('\n\n')}\n`;
};
function showScenario(scenario, paint) {
    const { name, file, backend, status, durationMs, error } = scenario;
    const place = paint.dim(`${makeHarmless(file)} · ${backend} · ${Math.round(durationMs)} ms`);
    const head = `${paint.mark(status)} ${paint.bold(makeHarmless(name))}  ${place}`;
    if (error !== null) {
        const lines = error.message.split('\n').map((line) => `  ${paint.fail(makeHarmless(line))}`);
        return [head, ...lines, `  ${paint.bold('more:')} ${getMore({ status, cause: null })}`].join('\n');
    }
    const phases = [...new Set(scenario.probes.map(({ phase }) => phase))];
    const counters = scenario.counters.map((counter) => showCounter(counter, paint));
    return [head, ...phases.flatMap((phase) => showPhase(phase, scenario, paint)), ...counters].join('\n');
}
/** Cells of a truth table stand in their table; those that did not pass have their story below it. */
function showPhase(phase, scenario, paint) {
    const probes = scenario.probes.filter((probe) => probe.phase === phase);
    const cells = probes.filter(({ matrix }) => matrix !== null);
    const stories = cells.filter(({ status }) => status !== 'passed');
    return [
        ...(phase === null ? [] : [`  ${paint.bold('phase:')} ${makeHarmless(phase)}`]),
        ...probes.filter(({ matrix }) => matrix === null).map((probe) => showProbe(probe, scenario, paint)),
        ...showMatrix(cells, '  ', paint),
        ...stories.map((probe) => showProbe(probe, scenario, paint)),
    ];
}
function showProbe(probe, scenario, paint) {
    const route = `${probe.from} → ${probe.to}/${probe.protocol}`;
    const title = `${makeHarmless(probe.name)}  ${paint.dim(route)}`;
    if (probe.status === 'passed') {
        return `  ${paint.mark('passed')} ${title}  ${showOutcome(probe, scenario.rules)}`;
    }
    const place = `${makeHarmless(scenario.file)}:${probe.line}:${probe.column}`;
    return [
        `  ${paint.mark(probe.status)} ${title}  ${paint.status(probe.status)}`,
        `${DETAIL}${paint.dim(place)}`,
        wrap(makeHarmless(probe.explanation), DETAIL),
        ...showJourney(probe.journey, getRuleSet(scenario, probe.phase), DETAIL, paint),
        ...showNote('advice', probe.advice, paint),
        ...showNote('hint', probe.hint, paint),
        ...showNote('more', getMore(probe), paint),
    ].join('\n');
}
function showCounter(counter, paint) {
    const title = `${paint.mark(counter.status)} ${makeHarmless(nameCounter(counter))}`;
    return `  ${title}  ${counter.status === 'passed' ? '' : `${paint.status(counter.status)}: `}${showCounted(counter)}`;
}
function showNote(label, text, paint) {
    return text === null ? [] : [wrap(`${paint.bold(`${label}:`)} ${makeHarmless(text)}`, DETAIL)];
}
function showEnd(result, paint) {
    const { summary, aborted } = result;
    const parts = [
        `${countNoun(summary.scenarios, 'scenario')}, ${countNoun(summary.probes, 'probe')}: ${summary.passed} passed`,
        ...showCount(summary, 'failed', paint.fail),
        ...showCount(summary, 'inconclusive', paint.warn),
        ...(summary.errors === 0 ? [] : [paint.fail(countNoun(summary.errors, 'error'))]),
        ...showFailedCounters(result, paint),
    ];
    const end = `${parts.join(', ')} ${paint.dim(`(${(summary.durationMs / 1000).toFixed(2)} s)`)}`;
    return [...showUnreached(result, paint), end, ...(aborted ? [paint.warn('aborted: what had not finished is left out')] : [])].join('\n');
}
function showCount(summary, key, color) {
    return summary[key] === 0 ? [] : [color(`${summary[key]} ${key}`)];
}
/** The counts are of probes; a run can fail without one. */
function showFailedCounters({ scenarios }, paint) {
    const failed = scenarios.flatMap(({ counters }) => counters).filter(({ status }) => status === 'failed').length;
    return failed === 0 ? [] : [paint.fail(`${countNoun(failed, 'counter')} failed`)];
}
function showUnreached(result, paint) {
    const lines = listUnreached(getCoverage(result));
    return lines.length === 0 ? [] : [paint.warn('rules that no probe reached:'), ...lines.map((line) => wrap(line, '  ')), ''];
}
