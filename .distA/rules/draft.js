export function makeDraft(family, allowsReserved) {
    return {
        family,
        command: null,
        table: null,
        given: new Set(),
        sources: [null],
        destinations: [null],
        inInterface: null,
        outInterface: null,
        protocol: null,
        matches: [],
        target: null,
        allowsReserved,
    };
}
/** The matches and the target in the order in which they were given. */
export function getExtensions(draft) {
    const target = draft.target?.extension ?? null;
    return target === null ? draft.matches : [...draft.matches, target];
}
