import { makeAim } from './aim.js';
import { OPEN_CLIENT } from './clients.js';
import { FAMILIES } from './families.js';
import { BACKENDS, LIMIT_MS } from './limits.js';
import { getEstablishedRows } from './rows.js';

const RULES_ARE_THERE = 'with the rules';

/** A table for each family: what a client sees if its connection is already established when its data meets a rule in INPUT. */
export function makeEstablishedTables() {
  return FAMILIES.map((family) => {
    const rows = getEstablishedRows(family);
    return { family, clients: [OPEN_CLIENT], rows, measurements: [makeMeasurement(family, rows)] };
  });
}

/** Opens every connection before there are rules. Then each connection sends data, which meets its own rule. */
function makeMeasurement(family, allRows) {
  const rows = allRows.map((row, place) => ({ ...row, aim: makeAim('tcp', family, place) }));
  const ruled = rows.filter(({ target }) => target !== null);
  const scenario = {
    name: `INPUT, open TCP connection over ${family.title}`,
    backend: BACKENDS,
    servers: Object.fromEntries(rows.map(({ id, aim }) => [id, aim.to])),
    clients: { app: family.client },
    probes: rows.map(({ id }) => ({ from: 'app', to: id, open: id, expect: 'connected' })),
    phases: [
      {
        name: RULES_ARE_THERE,
        rules: ruled.map(({ aim, target }) => `-A INPUT ${aim.conditions} -j ${target}`),
        probes: rows.map((row) => ({
          name: row.id,
          use: row.id,
          timeoutMs: LIMIT_MS,
          expect: row.target === null ? { cause: row.cause } : { cause: row.cause, rule: ruled.indexOf(row) },
        })),
      },
    ],
  };
  return { client: OPEN_CLIENT, rows, phase: RULES_ARE_THERE, scenario };
}
