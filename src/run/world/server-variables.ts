import type { ServerInWorld } from './control-types.js';

/** The addresses of servers that listen everywhere, and one at which a client reaches them. */
const REACHED_AT: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Where the program finds the servers: LOOPFW_SERVER_WEB=127.0.0.2:8000. Capitals, and _ for all other signs. */
export function makeServerVariables(servers: ServerInWorld[]): Record<string, string> {
  return Object.fromEntries(
    servers.map((server) => [`LOOPFW_SERVER_${server.name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`, toEndpoint(server)]),
  );
}

function toEndpoint({ address, port }: ServerInWorld): string {
  const reached = REACHED_AT[address] ?? address;
  return `${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
