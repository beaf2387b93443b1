import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  printWarnings
} from "./chunk-2BB5NQN6.js";
import {
  assertReadOnce
} from "./chunk-O2GIKVHM.js";
import {
  loadScenarios
} from "./chunk-TMX2BC3J.js";
import {
  EXIT_CODES
} from "./chunk-XGCILRCD.js";
import {
  listProbes
} from "./chunk-MQ5BWLLD.js";
import {
  countNoun
} from "./chunk-WAGPLFAO.js";
import "./chunk-3M3M4GSF.js";
import "./chunk-KXRMXOJA.js";
import "./chunk-CC6INTEV.js";
import "./chunk-PBR43GQL.js";
import "./chunk-X7ARQ7AF.js";
import "./chunk-43F4W77O.js";
import "./chunk-LL3SQHP3.js";

// dist/cli/check.js
async function checkCommand(paths, { ruleset }) {
  assertReadOnce(paths, ruleset);
  const scenarios = await loadScenarios(paths, { ruleset });
  printWarnings(scenarios);
  const files = new Set(scenarios.map(({ file }) => file)).size;
  const probes = scenarios.reduce((sum, scenario) => sum + listProbes(scenario).length, 0);
  const counts = [countNoun(files, "file"), countNoun(scenarios.length, "scenario"), countNoun(probes, "probe")];
  process.stdout.write(`no problems: ${counts.join(", ")}
`);
  return EXIT_CODES.passed;
}
export {
  checkCommand
};
