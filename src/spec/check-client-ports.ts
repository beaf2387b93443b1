import type { Scenario } from '../model/scenario.js';
import { listProbes } from './list-probes.js';
import type { Place } from './place.js';
import type { ProblemList } from './problem-list.js';

// As session/port-allocator.ts has them.
const FIRST = 32768;
const LAST = 60999;

/**
 * A probe has a client port that nothing else in its world uses, and its control has another. Deals them out as the sandbox will do, and
 * reports the first probe for which an address has none left. Gives whether there are enough.
 */
export function checkClientPorts(scenario: Pick<Scenario, 'servers' | 'phases'>, place: Place, problems: ProblemList): boolean {
  const own = listProbes(scenario).filter(({ use }) => use === null);
  if (own.length * 4 + countServerPorts(scenario) <= LAST - FIRST) {
    return true; // even if all of them come from one address, and each steps over the port that it goes to
  }
  const probes = own.filter(({ clientPort }) => clientPort === null);
  const taken = new Set(own.flatMap(({ clientPort }) => clientPort ?? []));
  for (const { port, lastPort } of scenario.servers) {
    for (let number = Math.max(port, FIRST); number <= Math.min(lastPort, LAST); number++) {
      taken.add(number);
    }
  }
  const next = new Map<string, number>();
  // Controls come first.
  for (const { from, to, position } of [...probes, ...probes]) {
    let port = next.get(from) ?? FIRST;
    while (taken.has(port) || port === to.port) {
      port++;
    }
    if (port > LAST) {
      const count = probes.filter((probe) => probe.from === from).length;
      problems.addAt(
        position,
        place.pointer,
        `the client address ${from} has too few ports: ${count} probes and their controls need ${count * 2}, and it has ${LAST - FIRST + 1}, less those of servers; spread the probes over more client addresses, or over more scenarios`,
      );
      return false;
    }
    next.set(from, port + 1);
  }
  return true;
}

/** Those among the ports that clients can have. */
function countServerPorts({ servers }: Pick<Scenario, 'servers'>): number {
  return servers.reduce((sum, { port, lastPort }) => sum + Math.max(0, Math.min(lastPort, LAST) - Math.max(port, FIRST) + 1), 0);
}
