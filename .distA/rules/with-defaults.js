/** Adds the options, each with its one value, that hold unless they are given. */
export function withDefaults(defaults) {
    const all = Object.entries(defaults).map(([flag, value]) => ({ flag, negated: false, values: [value] }));
    return (options) => [...options, ...all.filter(({ flag }) => options.every((option) => option.flag !== flag))];
}
/** Leaves out an option with a value that it has anyway. */
export function unlessDefault(value) {
    return (option) => (option.values[0] === value && !option.negated ? null : option);
}
