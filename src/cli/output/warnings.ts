import type { Scenario } from '../../model/scenario.js';
import { printWarning } from '../../report/shared/diagnostics.js';

/** Prints the warnings on standard error, one a line. Scenarios with the same rule set have the same warnings, which are printed once. */
export function printWarnings(scenarios: Scenario[]): void {
  const lines = scenarios.flatMap(({ warnings }) => warnings.map(printWarning));
  process.stderr.write([...new Set(lines)].map((line) => `${line}\n`).join(''));
}
