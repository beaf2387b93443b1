import type { Flow, ProbePlan } from '../model/plan.js';
import type { Scenario } from '../model/scenario.js';

/**
 * Joins the batches of a phase to flows. Those that people have asked for ("parallel") stay as they are. Single probes go in turn without
 * waiting for each other where none can change what another sees: not those that a rule may count or note, and so remember; not on
 * connections that stay open, from ports that a client has for its own, or to real programs, which may serve one client at a time; and not
 * where there are interfaces, whose packets are processed later than they are sent.
 */
export function makeFlows(batches: ProbePlan[][], scenario: Scenario, isRemembered: (probe: ProbePlan) => boolean): Flow[] {
  const mayOverlap = scenario.world.interfaces.length === 0;
  const flows: (Flow & { isOpen: boolean })[] = [];
  for (const probes of batches) {
    const last = flows.at(-1);
    const [probe] = probes;
    const isAlone = mayOverlap && probes.length === 1 && probe !== undefined && isIndependent(probe, scenario) && !isRemembered(probe);
    if (isAlone && last?.isOpen) {
      last.probes.push(...probes);
    } else {
      flows.push({ probes: [...probes], pace: isAlone ? 'in turn' : 'together', isOpen: isAlone });
    }
  }
  return flows.map(({ probes, pace }) => ({ probes, pace }));
}

function isIndependent({ open, use, clientPort, to }: ProbePlan, { servers }: Scenario): boolean {
  return (
    open === null &&
    use === null &&
    clientPort === null &&
    !servers.some(({ command, port, lastPort }) => {
      return command !== null && port <= to.port && to.port <= lastPort;
    })
  );
}
