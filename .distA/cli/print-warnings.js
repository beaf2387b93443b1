import { printWarning } from '../report/print-diagnostic.js';
/** A line a warning on standard error; scenarios with one rule set have the same ones. */
export function printWarnings(scenarios) {
    const lines = scenarios.flatMap(({ warnings }) => warnings.map(printWarning));
    process.stderr.write([...new Set(lines)].map((line) => `${line}\n`).join(''));
}
