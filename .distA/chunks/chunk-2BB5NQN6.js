import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  printWarning
} from "./chunk-X7ARQ7AF.js";

// dist/cli/print-warnings.js
function printWarnings(scenarios) {
  const lines = scenarios.flatMap(({ warnings }) => warnings.map(printWarning));
  process.stderr.write([...new Set(lines)].map((line) => `${line}
`).join(""));
}

export {
  printWarnings
};
