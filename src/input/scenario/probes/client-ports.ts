import { CLIENT_PORTS, PROTOCOLS } from '../../../model/protocols.js';
import type { ProbeSpec, Scenario } from '../../../model/scenario.js';
import type { Place } from '../../json/document.js';
import { listProbes } from './list.js';

const { first: FIRST, last: LAST } = CLIENT_PORTS;

/**
 * Checks that each client address has enough free ports for its probes, and reports the first probe that gets none. Each probe needs a port
 * that no other probe of its client address uses, and so does its control. The count follows inside/session/ports.ts. The result is true
 * if the ports suffice.
 */
export function checkClientPorts(scenario: Pick<Scenario, 'servers' | 'phases'>, place: Place): boolean {
  const own = listProbes(scenario).filter(({ use, protocol }) => use === null && PROTOCOLS[protocol].hasPort);
  const free = countFreePorts(scenario, own);
  const addresses = new Set(own.map(({ from }) => from));
  for (const from of own.length * 2 > free ? addresses : []) {
    const probes = own.filter((probe) => probe.from === from && probe.clientPort === null);
    // A probe to its own client address cannot use the port that it connects to as its source port.
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

/** The number of client ports that neither a server nor a client's `port` reserves. */
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
