export function getFlags({ flag, aliases = [] }) {
    return [flag, ...aliases];
}
export function findOptionOf(row, flag) {
    return row.options.find((option) => option.flag === flag || option.aliases?.includes(flag)) ?? null;
}
