import type { Backend } from '../../../model/result.js';
import type { Entry } from '../../../model/rule.js';
import { getUnsupported } from '../../../rules/rule/traits.js';
import type { Place } from '../../json/document.js';

/** The reason why one of the back ends cannot hold one of the rules, or null. Another back end can hold that rule. */
export function getUnsupportedProblem(entries: Entry[], backends: Backend[]): string | null {
  for (const entry of entries) {
    for (const rule of 'rules' in entry ? entry.rules : []) {
      for (const backend of backends) {
        const problem = getUnsupported(rule, backend);
        if (problem !== null) {
          return problem;
        }
      }
    }
  }
  return null;
}

/** The back ends of a scenario. The default is nft. */
export function getBackends(scenario: Place): Backend[] {
  return [scenario.member('backend').read<Backend | Backend[]>() ?? 'nft'].flat();
}
