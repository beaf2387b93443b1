/**
 * The same scenario, with its TCP clients and servers in the event loop of Node.js instead of by system calls. An HTTP server makes it so
 * (canBeDirect() in plan/probes.ts). No probe meets it.
 */
export function withEventLoop(scenario: object): object {
  const servers = 'servers' in scenario ? (scenario.servers as object) : {};
  return { ...scenario, servers: { ...servers, 'event-loop': 'http://127.99.99.99:9999' } };
}
