import { didYouMean } from '../rules/suggest-word.js';
import { quote } from './describe-value.js';
import { getMember, getMembers, getSound } from './place.js';
const OTHERS = { rx: 'tx', tx: 'rx' };
/** Reads a scenario's `counters`. */
export function resolveCounters(scenario, { interfaces }, problems) {
    const known = ['lo', ...interfaces.map(({ name }) => name)];
    return getMembers(getMember(scenario, 'counters')).flatMap(([name, place]) => {
        if (!known.includes(name)) {
            problems.add(place.pointer, `no interface ${quote(name)}${didYouMean(name, known)}`, 'key');
        }
        return ['rx', 'tx'].flatMap((direction) => readCounter(name, direction, getMember(place, direction), problems));
    });
}
function readCounter(name, direction, place, problems) {
    const value = getSound(place, problems);
    if (value === undefined) {
        return [];
    }
    const [, comparison, operand] = /^\s*(=|[<>]=?)?\s*(\d{1,15}|[rt]x)\s*$/.exec(String(value)) ?? [];
    const other = OTHERS[direction];
    const isSound = operand !== undefined && (/^\d/.test(operand) || (operand === other && comparison === '='));
    if (!isSound) {
        problems.add(place.pointer, `expected a number, "= ${other}", or a comparison such as ">= 4", found ${quote(String(value))}`);
        return [];
    }
    const number = /^\d/.test(operand) ? String(Number(operand)) : operand;
    return [{ interface: name, direction, expected: comparison === undefined ? number : `${comparison} ${number}` }];
}
