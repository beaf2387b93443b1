/**
 * Joins the batches of a phase to flows. Those that people have asked for ("parallel") stay as they are. Single probes go in turn without
 * waiting for each other where none can change what another sees: not with rules that depend on time, rate or history; not on connections
 * that stay open, from ports that a client has for its own, or to real programs, which may serve one client at a time; and not where there
 * are interfaces, whose packets are processed later than they are sent.
 */
export function makeFlows(batches, scenario, isHistoryDependent) {
    const mayOverlap = !isHistoryDependent && scenario.world.interfaces.length === 0;
    const flows = [];
    for (const probes of batches) {
        const last = flows.at(-1);
        const isAlone = mayOverlap && probes.length === 1 && probes.every((probe) => isIndependent(probe, scenario));
        if (isAlone && last?.isOpen) {
            last.probes.push(...probes);
        }
        else {
            flows.push({ probes: [...probes], pace: isAlone ? 'in turn' : 'together', isOpen: isAlone });
        }
    }
    return flows.map(({ probes, pace }) => ({ probes, pace }));
}
function isIndependent({ open, use, clientPort, to }, { servers }) {
    return (open === null &&
        use === null &&
        clientPort === null &&
        !servers.some(({ command, port, lastPort }) => {
            return command !== null && port <= to.port && to.port <= lastPort;
        }));
}
