import { makeAim } from './aim.js';
import { CLIENTS } from './clients.js';
import { FAMILIES } from './families.js';
import { BACKENDS, LIMIT_MS } from './limits.js';

/**
 * A table for each family: what clients see of the rules in one hook. Each kind of client has a scenario, whose probes meet the rules one
 * after the other.
 */
export function makeHookTables(hook, getRows) {
  return FAMILIES.map((family) => {
    const rows = getRows(family);
    return { family, clients: CLIENTS, rows, measurements: CLIENTS.map((client) => makeMeasurement(hook, family, client, rows)) };
  });
}

function makeMeasurement(hook, family, client, allRows) {
  const rows = allRows
    .filter(({ protocols }) => protocols.includes(client.protocol))
    .map((row, place) => ({ ...row, aim: makeAim(client.protocol, family, place) }));
  const ruled = rows.filter(({ target }) => target !== null);
  const scenario = {
    name: `${hook}, ${client.title} over ${family.title}`,
    backend: BACKENDS,
    servers: client.protocol === 'icmp' ? {} : Object.fromEntries(ruled.map(({ id, aim }) => [id, aim.to])),
    clients: { app: { address: family.client, connect: client.id === 'blocking' ? 'blocking' : 'nonblocking' } },
    rules: ruled.map(({ aim, target }) => `-A ${hook} ${aim.conditions} -j ${target}`),
    probes: rows.map((row) => ({
      name: row.id,
      from: 'app',
      to: row.aim.to,
      ...(row.aim.send === undefined ? {} : { send: row.aim.send }),
      timeoutMs: LIMIT_MS,
      expect: row.target === null ? { cause: row.cause } : { cause: row.cause, rule: ruled.indexOf(row) },
    })),
  };
  return { client, rows, phase: null, scenario };
}
