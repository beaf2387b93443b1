import { countNoun } from './count-noun.js';
/** `counter of eth0: tx = 0` */
export function nameCounter({ interface: name, direction, expected }) {
    return `counter of ${name}: ${direction} ${/^\d/.test(expected) ? `= ${expected}` : expected}`;
}
/** By how much it grew. */
export function showCounted({ observed }) {
    return observed === null ? 'no such interface' : countNoun(observed, 'packet');
}
