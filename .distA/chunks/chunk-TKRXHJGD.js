import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  REPORTERS
} from "./chunk-XYBDU37T.js";
import {
  UsageError
} from "./chunk-PBR43GQL.js";

// dist/cli/catch-signals.js
import { constants } from "node:os";
var SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
function catchSignals() {
  const controller = new AbortController();
  let exitCode = 0;
  const onSignal = (signal) => {
    if (exitCode !== 0) {
      process.exit(exitCode);
    }
    exitCode = 128 + constants.signals[signal];
    controller.abort();
    process.stdin.destroy();
  };
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  return {
    aborted: controller.signal,
    getExitCode: () => exitCode,
    release: () => SIGNALS.forEach((signal) => process.off(signal, onSignal))
  };
}

// dist/cli/parse-reporters.js
function parseReporters(values, env) {
  const requests = (values.length === 0 ? [getUsualReporter(env)] : values).map(parseReporter);
  if (requests.filter(({ file }) => file === null).length > 1) {
    throw new UsageError("only one reporter can have standard output: give the others a file, as in -r json=result.json");
  }
  return requests;
}
function getUsualReporter({ TAP, HARNESS_ACTIVE }) {
  return TAP === "1" || HARNESS_ACTIVE === "1" ? "tap" : "human";
}
function parseReporter(value) {
  const [name = "", ...rest] = value.split("=");
  if (!Object.hasOwn(REPORTERS, name)) {
    throw new UsageError(`unknown reporter ${JSON.stringify(name)}: expected one of ${Object.keys(REPORTERS).join(", ")}`);
  }
  const file = rest.join("=");
  if (rest.length > 0 && file === "") {
    throw new UsageError(`-r ${value}: the file's name is missing`);
  }
  return { name, file: rest.length === 0 ? null : file };
}

export {
  catchSignals,
  parseReporters
};
