import { EnvironmentError } from '../errors.js';
import type { Scenario } from '../model/scenario.js';
import { assertThreads } from '../sandbox/assert-threads.js';
import { countAffordableFiles, getOpenFilesRemedy } from '../sandbox/count-affordable-worlds.js';

/** The client's socket, and the one that the server accepts. */
const FILES_PER_PROBE = 2;

/**
 * Counts the file descriptors that each scenario needs at once: one for each port of a server, two for each probe. A blocking client also
 * needs a thread.
 * @throws EnvironmentError for a scenario that needs more than the sandbox may have
 */
export function assertAffordable(scenarios: Scenario[]): void {
  const most = countAffordableFiles();
  for (const { file, name, servers, phases } of scenarios) {
    const ports = servers.reduce((sum, { command, port, lastPort }) => sum + (command === null ? lastPort - port + 1 : 0), 0);
    if (phases.some(({ batches }) => batches.flat().some(({ blocking }) => blocking))) {
      assertThreads('blocking');
    }
    const probes = Math.max(0, ...phases.flatMap(({ batches }) => batches).map((batch) => batch.length));
    const files = ports + probes * FILES_PER_PROBE;
    if (files > most) {
      throw new EnvironmentError(
        `${file}: ${JSON.stringify(name)} needs ${files} file descriptors, one for each of ${ports} servers' ports and two for each of ${probes} probes at once; the limit (ulimit -n) leaves ${most}`,
        [getOpenFilesRemedy(files)],
      );
    }
  }
}
