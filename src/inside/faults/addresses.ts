import { isElsewhere, isLocal } from '../../kernel/network/addresses.js';
import { addRoute, removeRoute } from '../../kernel/network/routes.js';
import { withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { writeSysctls } from '../../kernel/network/sysctls.js';
import { EnvironmentError, UsageError } from '../../model/errors.js';
import { getFamily } from '../../words/addresses.js';
import type { FaultSurroundings, Machine } from './surroundings.js';

/** The address from which a client connects to an address that only a fault has given to the world. */
const SOURCES = { ipv4: '127.0.0.1', ipv6: '::1' };
const PLAIN = { via: null, metric: null, table: null, onlink: false };

/** Where packets to an address arrive. */
interface Place {
  machine: Machine;
  /** Whether the world has the address only since now. */
  isNew: boolean;
}

/**
 * Finds the place of an address: a machine outside, or the world. The world gets an address that nobody has. Servers may bind it.
 * @throws UsageError where the address belongs to another network, and no machine has it
 */
export function placeAddress(address: string, { places }: FaultSurroundings): Place {
  return places.runNow(null, () =>
    withRouteSocket((socket) => {
      if (isElsewhere(address, socket)) {
        const machine = places.findMachine(address);
        if (machine === null) {
          throw new UsageError(
            `no fault can have the target ${address}: it belongs to a network behind an interface, and no client or server of the scenario has it`,
          );
        }
        return { machine, isNew: false };
      }
      const isNew = !isLocal(address, socket);
      if (isNew) {
        addRoute(toRoute(address), socket);
      }
      if (getFamily(address) === 'ipv6') {
        allowBind();
      }
      return { machine: null, isNew };
    }),
  );
}

/** Takes an address from the world that placeAddress() has given to it. */
export function takeAddress(address: string, { places }: FaultSurroundings): void {
  places.runNow(null, () => withRouteSocket((socket) => removeRoute(toRoute(address), socket)));
}

function toRoute(prefix: string): Parameters<typeof addRoute>[0] {
  const family = getFamily(prefix);
  return { family, prefix, type: 'local', device: 'lo', source: SOURCES[family], ...PLAIN };
}

/** A route is not enough for bind(2) over IPv6. Where /proc/sys is read-only, a server needs IPV6_FREEBIND. */
function allowBind(): void {
  try {
    writeSysctls({ 'net.ipv6.ip_nonlocal_bind': '1' });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) {
      throw error;
    }
  }
}
