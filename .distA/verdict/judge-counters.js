const COMPARISONS = {
    '=': (observed, wanted) => observed === wanted,
    '<': (observed, wanted) => observed < wanted,
    '<=': (observed, wanted) => observed <= wanted,
    '>': (observed, wanted) => observed > wanted,
    '>=': (observed, wanted) => observed >= wanted,
};
/** Holds what a scenario says of its interfaces' counters against by how much they grew while its probes ran. */
export function judgeCounters(expected, before, after) {
    return expected.map((counter) => {
        const growth = getGrowth(counter.interface, before, after);
        const isMet = growth !== null && holds(counter, growth);
        return { ...counter, observed: growth?.[counter.direction] ?? null, status: isMet ? 'passed' : 'failed' };
    });
}
function getGrowth(name, before, after) {
    const [first, last] = [before, after].map((counters) => counters.find((each) => each.interface === name));
    return first === undefined || last === undefined ? null : { rx: last.rx - first.rx, tx: last.tx - first.tx };
}
/** `0`, `= tx`, `>= 4` */
function holds({ direction, expected }, growth) {
    const [operand = '', comparison = '='] = expected.split(' ').reverse();
    const wanted = operand === 'rx' || operand === 'tx' ? growth[operand] : Number(operand);
    return COMPARISONS[comparison]?.(growth[direction], wanted) ?? false;
}
