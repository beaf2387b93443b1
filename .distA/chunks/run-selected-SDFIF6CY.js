import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  printWarnings
} from "./chunk-2BB5NQN6.js";
import {
  loadScenarios
} from "./chunk-TMX2BC3J.js";
import {
  writeReports
} from "./chunk-ACYNNIX4.js";
import {
  EXIT_CODES,
  getExitCode
} from "./chunk-XGCILRCD.js";
import {
  listRuns,
  runSuiteIn
} from "./chunk-424OR6DJ.js";
import "./chunk-J7ARST5W.js";
import {
  listProbes
} from "./chunk-MQ5BWLLD.js";
import {
  getCoverage,
  listUnreached
} from "./chunk-XYBDU37T.js";
import {
  countNoun
} from "./chunk-WAGPLFAO.js";
import "./chunk-GTNQ7HSW.js";
import "./chunk-FB3AVYQH.js";
import "./chunk-XVINQOOH.js";
import "./chunk-Q63VOEFV.js";
import "./chunk-QGEKNBS5.js";
import "./chunk-3M3M4GSF.js";
import "./chunk-KXRMXOJA.js";
import "./chunk-JFR324MA.js";
import "./chunk-VXGCHMP6.js";
import "./chunk-CC6INTEV.js";
import "./chunk-ATPREQCW.js";
import {
  UsageError
} from "./chunk-PBR43GQL.js";
import "./chunk-X7ARQ7AF.js";
import {
  makeHarmless
} from "./chunk-43F4W77O.js";
import "./chunk-LL3SQHP3.js";

// dist/cli/assert-selected.js
function assertSelected(selected, all, { tags, grep }) {
  if (selected.length > 0) {
    return;
  }
  const asked = [...tags.length === 0 ? [] : [`the tag ${tags.join(" or ")}`], ...grep === null ? [] : [`a name that matches ${grep}`]];
  const known = [...new Set(all.flatMap((scenario) => scenario.tags))].sort();
  const advice = tags.length === 0 ? "" : `; ${known.length === 0 ? "there are no tags" : `the tags there are: ${known.join(", ")}`}`;
  throw new UsageError(makeHarmless(`nothing to run: of ${countNoun(all.length, "scenario")} none has ${asked.join(" and ")}${advice}`));
}

// dist/cli/describe-low-coverage.js
function describeLowCoverage(coverage, expectedPercent) {
  const { percent, reached, counted } = coverage;
  if (percent >= expectedPercent) {
    return null;
  }
  const observed = Math.floor(percent * 10) / 10;
  const unreached = listUnreached(coverage).join(" \xB7 ");
  return `rule coverage: expected at least ${expectedPercent} %, observed ${observed} % (${reached} of ${countNoun(counted, "rule")}); no probe reached ${unreached}`;
}

// dist/cli/list-scenarios.js
function listScenarios(scenarios) {
  return scenarios.map((scenario) => `${makeHarmless(describe(scenario))}
`).join("");
}
function describe(scenario) {
  const { file, name, tags } = scenario;
  return `${file}: ${name}${tags.length === 0 ? "" : ` [${tags.join(", ")}]`} (${countNoun(listProbes(scenario).length, "probe")})`;
}

// dist/cli/progress.js
var QUIET_MS = 500;
var REDRAW_MS = 100;
var CLEAR_LINE = "\r\x1B[K";
function startProgress() {
  let total = null;
  let done = 0;
  let notPassed = 0;
  let isDrawn = false;
  let timer;
  const draw = () => {
    isDrawn = true;
    process.stderr.write(`${CLEAR_LINE}${done} of ${total ?? "?"} scenarios done, ${notPassed} not passed`);
  };
  if (process.stderr.isTTY) {
    timer = setTimeout(() => {
      draw();
      timer = setInterval(draw, REDRAW_MS);
    }, QUIET_MS);
  }
  return {
    expect: (number) => total = number,
    count: ({ status }) => {
      done++;
      notPassed += status === "passed" ? 0 : 1;
    },
    stop: () => {
      clearInterval(timer);
      if (isDrawn) {
        process.stderr.write(CLEAR_LINE);
      }
    }
  };
}

// dist/cli/select-scenarios.js
function selectScenarios(scenarios, { tags, grep }) {
  return scenarios.filter((scenario) => (tags.length === 0 || tags.some((tag) => scenario.tags.includes(tag))) && (grep === null || grep.test(scenario.name)));
}

// dist/cli/run-selected.js
async function runSelected(prepared) {
  const { options, requests, hasColors, captures } = prepared;
  const { result, total, signalCode } = await run(prepared);
  await writeReports(result, requests, hasColors);
  captures?.assertWritten();
  return Math.max(getExitCode(result), signalCode, result.aborted ? EXIT_CODES.passed : checkWhole(result, total, options));
}
async function listSelected(paths, options) {
  process.stdout.write(listScenarios(await loadSelected(paths, options)));
  return EXIT_CODES.passed;
}
async function loadSelected(paths, { tag, grep, ruleset }) {
  const selection = { tags: tag ?? [], grep: grep ?? null };
  const all = await loadScenarios(paths, { ruleset, selects: (scenario) => selectScenarios([scenario], selection).length > 0 });
  const scenarios = selectScenarios(all, selection);
  assertSelected(scenarios, all, selection);
  return scenarios;
}
async function run({ paths, options, captures, signals, launching }) {
  const { backend, patience, bail, jobs, allowCommands } = options;
  const progress = startProgress();
  let total = 0;
  const reading = loadSelected(paths, options);
  reading.then((scenarios) => {
    printWarnings(scenarios);
    const runs = listRuns(scenarios, backend);
    captures?.expect(runs);
    progress.expect(total = runs.length);
  }).catch(() => {
  });
  try {
    const result = await runSuiteIn(launching, reading, {
      backends: backend,
      patience,
      bail: bail ?? process.env["LOOPFW_BAIL"] === "1",
      jobs,
      allowCommands: allowCommands ?? process.env["LOOPFW_ALLOW_COMMANDS"] === "1",
      signal: signals.aborted,
      ...captures === null ? {} : { onCapture: (capture, _, place) => captures.write(capture, place) },
      onScenario: (done) => progress.count(done)
    });
    return { result, total, signalCode: signals.getExitCode() };
  } finally {
    progress.stop();
    signals.release();
  }
}
function checkWhole(result, total, { minCoverage }) {
  const leftOut = total - result.scenarios.length;
  if (leftOut > 0) {
    process.stderr.write(`loopfw: --bail left out ${countNoun(leftOut, "scenario")}, after the first that did not pass
`);
    return EXIT_CODES.passed;
  }
  const problem = minCoverage === void 0 ? null : describeLowCoverage(getCoverage(result), minCoverage);
  if (problem === null) {
    return EXIT_CODES.passed;
  }
  process.stderr.write(`loopfw: ${problem}
`);
  return EXIT_CODES.failed;
}
export {
  listSelected,
  runSelected
};
