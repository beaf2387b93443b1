import type { Backend } from '../model/result.js';
import type { Entry } from '../model/rule.js';
import { getUnsupported } from '../rules/get-unsupported.js';

/** Why one of the scenario's own back ends cannot hold what another could. */
export function getUnsupportedProblem(entries: Entry[], backends: Backend[]): string | null {
  for (const entry of entries) {
    for (const rule of 'rules' in entry ? entry.rules : []) {
      const problem = backends.map((backend) => getUnsupported(rule, backend)).find((found) => found !== null);
      if (problem !== undefined) {
        return problem;
      }
    }
  }
  return null;
}
