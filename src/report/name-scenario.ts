import type { ScenarioResult } from '../model/result.js';

/** The name of a scenario, with the back end if it is not nft. The name comes from a file: make it harmless before printing. */
export function nameScenario({ name, backend }: ScenarioResult): string {
  return backend === 'nft' ? name : `${name} (${backend})`;
}
