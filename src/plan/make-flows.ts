import type { Flow, ProbePlan } from '../model/plan.js';
import type { Scenario } from '../model/scenario.js';

/**
 * Joins the batches of a phase to flows. A batch that the scenario asks for ("parallel") stays as it is. Single probes go in turn, without
 * waiting for each other, if none can affect another. A probe is not joined in these cases:
 * - A rule may count or record it, and so remember it.
 * - Its connection stays open, or its client port is fixed.
 * - It goes to a real program, which may serve one client at a time.
 * - The world has interfaces. Their packets are processed some time after they are sent.
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
