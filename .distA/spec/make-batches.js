import { quote } from './describe-value.js';
import { repeatProbe } from './repeat-probe.js';
/** More would be a mistake, and a range of ports makes many. */
const MOST_PROBES = 100_000;
/** The probes that one stands for, in the batches in which they run; reports where that many, or those at once, cannot be. */
export function makeBatches(spec, place, repetition, lastPort, { opened, made }, problems) {
    const count = (repetition.count ?? 1) * (lastPort - spec.to.port + 1);
    const wasTooMany = made.probes > MOST_PROBES;
    made.probes += count;
    if (made.probes > MOST_PROBES) {
        if (!wasTooMany) {
            problems.add(place.pointer, `with this probe, which stands for ${count}, the scenario has more than ${MOST_PROBES}`);
        }
        return [];
    }
    const batches = repeatProbe(spec, repetition, lastPort);
    const problem = spec.use === null && spec.clientPort !== null ? getPortProblem(spec, spec.clientPort, batches, opened) : null;
    if (problem !== null) {
        problems.add(place.pointer, problem);
    }
    return batches;
}
/** To a server's port one connection can come from a client's port. */
function getPortProblem({ from, to, open }, port, batches, opened) {
    if (batches.some((batch) => new Set(batch.map((probe) => probe.to.port)).size < batch.length)) {
        return `the client has the port ${port} for its own, so two of its probes cannot be under way to one server: leave out "parallel", or its port`;
    }
    const targets = new Set(batches.flat().map((probe) => probe.to.port));
    const holder = [...opened].find(([name, opener]) => name !== open &&
        opener?.from === from &&
        opener.clientPort === port &&
        opener.to.address === to.address &&
        targets.has(opener.to.port));
    return holder === undefined
        ? null
        : `the client has the port ${port} for its own, and its open connection ${quote(holder[0])} to that server holds it`;
}
