/** All probes of a scenario, phase by phase: each stands at its index. */
export function listProbes({ phases }) {
    return phases.flatMap(({ batches }) => batches.flat());
}
