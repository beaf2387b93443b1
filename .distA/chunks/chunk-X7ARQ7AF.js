import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  makeHarmless
} from "./chunk-43F4W77O.js";

// dist/report/print-diagnostic.js
function printDiagnostic(diagnostic) {
  return print("error", diagnostic);
}
function printWarning(diagnostic) {
  return print("warning", diagnostic);
}
function print(severity, d) {
  const pointer = d.pointer === null || d.pointer === "" ? "" : ` (${d.pointer})`;
  return makeHarmless(`${d.file}:${d.line}:${d.column}: ${severity}: ${d.message}${pointer}`);
}

export {
  printDiagnostic,
  printWarning
};
