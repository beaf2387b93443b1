/** A scenario's name; the back end too, where it is not the usual one: a scenario may have run on both. Not yet harmless. */
export function nameScenario({ name, backend }) {
    return backend === 'nft' ? name : `${name} (${backend})`;
}
