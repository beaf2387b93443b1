import { EnvironmentError } from '../errors.js';
import type { Scenario } from '../model/scenario.js';
import { countAffordableListeners, getOpenFilesRemedy } from '../sandbox/count-affordable-worlds.js';

/**
 * A server takes a file descriptor for each of its ports.
 * @throws EnvironmentError for a scenario that has more of them than the sandbox may open
 */
export function assertAffordable(scenarios: Scenario[]): void {
  const most = countAffordableListeners();
  for (const { file, name, servers } of scenarios) {
    const ports = servers.reduce((sum, { command, port, lastPort }) => sum + (command === null ? lastPort - port + 1 : 0), 0);
    if (ports > most) {
      throw new EnvironmentError(
        `${file}: the servers of ${JSON.stringify(name)} have ${ports} ports, each of which takes a file descriptor; the limit (ulimit -n) leaves ${most}`,
        [getOpenFilesRemedy(ports)],
      );
    }
  }
}
