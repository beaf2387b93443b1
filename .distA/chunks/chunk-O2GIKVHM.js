import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UsageError
} from "./chunk-PBR43GQL.js";

// dist/cli/assert-read-once.js
function assertReadOnce(paths, ruleset) {
  if (ruleset === "-" && paths.includes("-")) {
    throw new UsageError("standard input can be read only once: for scenarios, or for --ruleset");
  }
}

export {
  assertReadOnce
};
