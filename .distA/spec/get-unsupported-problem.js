import { getUnsupported } from '../rules/get-unsupported.js';
/** Why one of the scenario's own back ends cannot hold what another could. */
export function getUnsupportedProblem(entries, backends) {
    const rules = entries.flatMap((entry) => ('rules' in entry ? entry.rules : []));
    return rules.flatMap((rule) => backends.map((backend) => getUnsupported(rule, backend))).find((problem) => problem !== null) ?? null;
}
