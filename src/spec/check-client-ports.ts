import { PROTOCOLS } from '../model/protocols.js';
import type { ProbeSpec, Scenario } from '../model/scenario.js';
import { listProbes } from './list-probes.js';
import type { Place } from './place.js';

// As session/port-allocator.ts has them.
const FIRST = 32768;
const LAST = 60999;

/**
 * A probe has a client port that nothing else in its world uses, and its control has another. Counts what the sandbox will need of each address
 * (session/port-allocator.ts), and reports the first probe for which it has none left. Gives whether there are enough.
 */
export function checkClientPorts(scenario: Pick<Scenario, 'servers' | 'phases'>, place: Place): boolean {
  const own = listProbes(scenario).filter(({ use, protocol }) => use === null && PROTOCOLS[protocol].hasPort);
  const free = countFreePorts(scenario, own);
  const addresses = new Set(own.map(({ from }) => from));
  for (const from of own.length * 2 > free ? addresses : []) {
    const probes = own.filter((probe) => probe.from === from && probe.clientPort === null);
    // Nobody asks from the port that it asks at its own address.
    const most = free - (probes.some(({ to }) => to.address === from) ? 1 : 0);
    const lacking = probes[most < probes.length ? most : most - probes.length];
    if (probes.length * 2 > most && lacking !== undefined) {
      place.complainAt(
        lacking.position,
        `the client address ${from} has too few ports: ${describeProbes(probes.length)} ${probes.length * 2}, and ${most} of ${LAST - FIRST + 1} are left; spread the probes over more client addresses, or over more scenarios`,
      );
      return false;
    }
  }
  return true;
}

function describeProbes(count: number): string {
  return count === 1 ? '1 probe and its control need' : `${count} probes and their controls need`;
}

/** Of the ports that clients can have, those that neither servers nor clients have for their own. */
function countFreePorts({ servers }: Pick<Scenario, 'servers'>, probes: ProbeSpec[]): number {
  const taken = new Set(
    probes.flatMap(({ clientPort }) => (clientPort !== null && FIRST <= clientPort && clientPort <= LAST ? [clientPort] : [])),
  );
  for (const { port, lastPort } of servers) {
    for (let number = Math.max(port, FIRST); number <= Math.min(lastPort, LAST); number++) {
      taken.add(number);
    }
  }
  return LAST - FIRST + 1 - taken.size;
}
