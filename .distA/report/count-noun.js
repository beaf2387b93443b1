/** `1 probe`, `2 probes`. */
export function countNoun(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
